package verify_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/unecho/unecho/pipeline/verify"
)

func ExampleFiles() {
	dir, err := os.MkdirTemp("", "verify")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	for name, text := range map[string]string{
		"list.txt":          "One\none\nTwo\n",
		"list.clean.csv":    "title\nOne\nTwo\n",
		"list.clusters.csv": "row,id,cluster,kept,survivor,probability,reason\n1,a,c,true,1,1,kept\n2,b,c,false,1,1,same\n3,d,e,true,3,1,alone\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			fmt.Println(err)
			return
		}
	}
	report, err := verify.Files(context.Background(), []string{filepath.Join(dir, "list.txt")}, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	report.WriteTo(os.Stdout)
	// Output:
	// ✓ rows: 3 lines of clusters.csv are numbered 1 to 3, once each
	// ✓ ids: 3 ids are unique
	// ✓ survivors: each of 2 clusters keeps one record, and its other records (1) name it
	// ✓ kept + removed: 2 kept in the clean list + 1 removed = 3 in clusters.csv
	// ✓ rejects: 0 rejects, 0 of 12 bytes of the input, found at their place byte for byte
	// ✓ records: 3 records read from the input anew = 3 lines of clusters.csv
	// ✓ cells: 2 cells of 2 kept records stand as in the input, in its order; 0 were cleaned, held only to their letters, since no workbook lists them
}
