package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/unecho/unecho/dedupe"
	"github.com/unecho/unecho/pipeline"
	"github.com/unecho/unecho/pipeline/evaluate"
)

func sweepFlag() cli.Flag {
	return &cli.StringFlag{Name: "sweep", Usage: "draw precision and recall over the probability from which pairs are merged into `FILE.svg`"}
}

// sweepGrid are the probabilities that a sweep tries.
var sweepGrid = [...]float64{0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 0.98, 0.99}

// checkSweep refuses a place where no drawing can go, before anything is read.
func checkSweep(c *cli.Context) error {
	path := c.String("sweep")
	switch {
	case !c.IsSet("sweep"):
		return nil
	case !strings.EqualFold(filepath.Ext(path), ".svg"):
		return &usage{msg: fmt.Sprintf("--sweep %q is not the name of a drawing", path), hint: "the drawing is an SVG: --sweep curve.svg"}
	}
	if info, err := os.Stat(filepath.Dir(path)); err != nil || !info.IsDir() {
		return &usage{msg: fmt.Sprintf("--sweep %s: there is no folder %s", path, filepath.Dir(path)), hint: "make it first: mkdir -p " + filepath.Dir(path)}
	}
	return nil
}

// sweep scores the clusters of the first search at each probability.
func sweep(c *cli.Context, in *pipeline.Searched, o pipeline.Options, truth, sources []int32) ([]evaluate.Setting, error) {
	settings := make([]evaluate.Setting, len(sweepGrid))
	for i, same := range sweepGrid {
		labels, err := in.Labels(c.Context, dedupe.Options{Balanced: true, Same: same, Weights: o.Weights})
		if err != nil {
			return nil, err
		}
		settings[i] = evaluate.Setting{Same: same, Counts: evaluate.Score(truth, labels, sources).Pairs}
		if o.Progress != nil {
			o.Progress("sweeping", int64(i+1), int64(len(sweepGrid)))
		}
	}
	return settings, nil
}

func baseNames(paths []string) []string {
	names := make([]string, len(paths))
	for i, path := range paths {
		names[i] = filepath.Base(path)
	}
	return names
}

// drawSweep writes the drawing beside its place and renames it into it.
func drawSweep(path string, inputs []string, r *scoreReport) error {
	curve := evaluate.Curve{
		Title:    fmt.Sprintf("%s: pairs among %s", clip(strings.Join(baseNames(inputs), ", "), 60), entries(r.Default.Records)),
		Settings: r.Sweep,
		Marks: []evaluate.Mode{
			{Name: "clean --balanced", Setting: evaluate.Setting{Same: r.From.Balanced, Counts: r.Balanced.Pairs}},
			{Name: "clean", Setting: evaluate.Setting{Same: r.From.Default, Counts: r.Default.Pairs}},
		},
	}
	var svg bytes.Buffer
	if err := curve.Draw(&svg); err != nil {
		return err
	}
	temp := path + ".part"
	if err := os.WriteFile(temp, svg.Bytes(), 0o666); err != nil {
		os.Remove(temp)
		return &usage{msg: "--sweep: " + err.Error()}
	}
	if err := os.Rename(temp, path); err != nil {
		os.Remove(temp)
		return &usage{msg: "--sweep: " + err.Error()}
	}
	return nil
}
