package pipeline_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/unecho/unecho/pipeline"
)

// The whole road: a list in, clean files out.
func ExampleRun() {
	dir, err := os.MkdirTemp("", "unecho")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	report, err := pipeline.Run(context.Background(), pipeline.Options{
		Inputs: []string{"-"},
		Stdin:  strings.NewReader("title,year\nA long walk to the sea,1999\nGardens of the north,2004\nA long walk to the sea,1999\n"),
		Output: dir,
		Writes: []pipeline.Kind{pipeline.CSV},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(report.Records.Read, "read,", report.Records.Removed, "removed")
	for _, path := range report.Outputs {
		fmt.Println(filepath.Base(path))
	}
	// Output:
	// 3 read, 1 removed
	// stdin.clean.csv
	// stdin.clusters.csv
}

// One list, searched under two settings.
func ExampleMatchPrepared() {
	ctx := context.Background()
	o := pipeline.Options{Inputs: []string{"-"}, Stdin: strings.NewReader("title\nEmma\nEmma\nDune\n")}
	list, err := pipeline.Read(ctx, o)
	if err != nil {
		fmt.Println(err)
		return
	}
	in, err := pipeline.Prepare(ctx, list, o)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, o.Balanced = range []bool{false, true} {
		found, err := pipeline.MatchPrepared(ctx, in, o)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(found.Cluster[0] == found.Cluster[1], found.Cluster[0] == found.Cluster[2])
	}
	// Output:
	// true false
	// true false
}
