// Quality measures unecho on the labelled lists and writes what it finds to
// docs/quality.md and docs/quality.json.
//
//	go run ./cmd/quality                        all lists, both files
//	go run ./cmd/quality -only bib_stroke       one list, printed only
//	go run ./cmd/quality -check docs/quality.json
//
// With -check nothing is written: the command fails when a family's figure
// has fallen by more than 0.02 since the file was made.
//
// Every list is run the way a person would run it: the same road, nothing told
// about the columns, the columns id, source and cluster taken out before it is
// read. The same lists and the same program give the same bytes.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"strings"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(1)
	}
}

// run is the command: lists found, measured two at a time, written or checked.
func run() error {
	page := flag.String("o", "docs/quality.md", "the page for people")
	figures := flag.String("json", "docs/quality.json", "the same in figures")
	check := flag.String("check", "", "compare with these figures and write nothing")
	only := flag.String("only", "", "measure lists whose name contains this, print the page and write nothing")
	flag.Usage = func() {
		fmt.Fprintln(flag.CommandLine.Output(), "usage: quality [flags] [DATASETS]   (default ../shared/datasets)")
		flag.PrintDefaults()
	}
	flag.Parse()
	root := "../shared/datasets"
	if flag.NArg() > 0 {
		root = flag.Arg(0)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()

	lists, err := findLists(root, *only)
	if err != nil {
		return err
	}
	for _, l := range lists {
		l.gate = *check != ""
	}
	measured, err := measureAll(ctx, lists)
	if err != nil {
		return err
	}
	now := summarise(measured)
	switch {
	case *only != "":
		_, err = os.Stdout.WriteString(now.page())
		return err
	case *check != "":
		return checkAgainst(*check, now)
	}
	out, err := json.MarshalIndent(now, "", " ")
	if err != nil {
		return err
	}
	if err := os.WriteFile(*figures, append(out, '\n'), 0o666); err != nil {
		return err
	}
	return os.WriteFile(*page, []byte(now.page()), 0o666)
}

// checkAgainst fails when a figure is worse than the committed one.
func checkAgainst(path string, now *quality) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	var before quality
	if err := json.Unmarshal(data, &before); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	for i := range before.Families {
		f := &before.Families[i]
		f.Means = slices.DeleteFunc(f.Means, func(m means) bool { return !m.gated() })
	}
	fallen, risen := compare(&before, now)
	for _, line := range risen {
		fmt.Println("better:", line)
	}
	if len(fallen) > 0 {
		return fmt.Errorf("quality has fallen:\n  %s", strings.Join(fallen, "\n  "))
	}
	fmt.Printf("no family's figure has fallen by more than %.2f\n", tolerance)
	return nil
}
