// Package pipeline is the road: a list is read, cleaned, searched for repeats
// and written out. It is the only place that knows the order of the stages;
// each stage is a package of plain functions that knows none of the others.
// The command, and whoever else wants the road without the command, calls
// [Run], or [Read], [Match] and [Conclude] one by one.
package pipeline

import (
	"context"
	"io"

	"github.com/unecho/unecho/dedupe"
	"github.com/unecho/unecho/export"
	"github.com/unecho/unecho/pipeline/profile"
)

// Options are the settings of a run. Inputs is needed; the zero value of all
// else is the default.
type Options struct {
	Inputs []string  // files, folders, globs and "-", read as one list
	Stdin  io.Reader // what "-" reads
	// Against are lists that were cleaned before: the inputs are compared with
	// them, and what repeats one of their entries is removed. They are never
	// changed.
	Against []string
	From    string // the format, "" to detect it
	Sheet   string // of a workbook, "" for the first

	KeepText bool              // write the text as it came; what is compared is cleaned in any case
	Columns  profile.Overrides // what the person says about the columns

	Same, Review float64     // probabilities that bound the bands; 0 for the default
	Balanced     bool        // merge what is more likely than not
	Keep         dedupe.Keep // which record of a cluster stays; "" for the default
	MergeFields  bool        // fill its blank fields from the others of its cluster

	Weights *dedupe.Weights // match weights, nil for the shipped ones

	// Decisions are what a person said about records of the list. They are
	// obeyed to the letter, in every pass, and move the weights (dedupe.Adapt).
	Decisions []Decision
	// Ledgers are the files of decisions; the first is written to. None stands
	// for NAME.decisions.jsonl beside the first input, see [LedgerPaths].
	Ledgers []string
	Stay    []int   // rows, from 0, that a person wants to stay for their clusters
	Values  []Typed // fields that a person gave
	Unmoved bool    // leave the weights as they are, whatever was decided
	Stopped bool    // merge nothing but equal records and what a person said is the same

	Output string            // folder of the outputs; "" for beside the first input
	Writes []Kind            // what to write of the clean list; nil for DefaultWrites
	CSV    export.CSVOptions // of NAME.clean.csv
	DryRun bool              // write nothing
	Force  bool              // overwrite a workbook that holds answers

	// Command, Version and Flags are written into the workbook, so that the
	// run can be repeated from it.
	Command, Version string
	Flags            map[string][]string

	// answered are workbooks whose answers were read: they may be overwritten.
	answered []string

	// Progress is told how far a stage is; it may be nil. It is called from
	// one goroutine at a time.
	Progress func(stage string, done, total int64)

	// forget lets go of a pass when the next begins: half of the memory.
	// [Found.Explain] then knows records that stay, and no others.
	forget bool
}

// Run is the whole road, from raw list to clean files. It writes all outputs
// or none, and gives the report on what was done.
//
// Errors are those of the stages (*[parse.Error], *[profile.Error],
// *[dedupe.Conflict]), *[Error] for what stands in the way of the outputs,
// and the context's when it was cut short.
func Run(ctx context.Context, o Options) (*Report, error) {
	places, list, err := setOut(ctx, o)
	if err != nil {
		return nil, err
	}
	recalled, err := recallAgreed(list, o)
	if err != nil {
		return nil, err
	}
	done, err := travel(ctx, list, recalled, o)
	if err != nil {
		return nil, err
	}
	return done.write(ctx, places, o)
}

// setOut reads a list, and finds all that would stand in the way of the outputs
// before anything is searched.
func setOut(ctx context.Context, o Options) (*places, *List, error) {
	places, err := placeOutputs(o)
	if err != nil {
		return nil, nil, err
	}
	list, err := Read(ctx, o)
	if err != nil {
		return nil, nil, err
	}
	if err := list.Comparable(); err != nil {
		return nil, nil, err
	}
	return places, list, places.settle(list, o)
}

// trip is a list at the end of the road, before it is written.
type trip struct {
	work   *export.Work
	report *Report
}

// travel goes from a list and what was decided about it to what is written.
func travel(ctx context.Context, list *List, recalled *Recalled, o Options) (*trip, error) {
	o = recalled.decided(o)
	o.forget = true // what is written looks back at the last pass alone
	found, err := Match(ctx, list, o)
	if err != nil {
		return nil, err
	}
	work := Conclude(list, found, o)
	work.Summary.Ledger = recalled.last()
	audit := recalled.audit(work.Verdicts)
	work.Summary.Audit = audit.onStart()
	report := newReport(list, found, work, o)
	report.Decisions, report.Audit = recalled.report(found), audit
	if o.DryRun {
		report.Preview = preview(list, work)
	}
	return &trip{work, report}, report.balance()
}

// write writes the outputs, unless it is a dry run.
func (t *trip) write(ctx context.Context, places *places, o Options) (report *Report, err error) {
	if !o.DryRun {
		t.report.Outputs, err = write(ctx, t.work, places, o)
	}
	return t.report, err
}

// progress is bytes for a stage that counts records.
func (o Options) progress(stage, next string) func(done, total int) {
	tell := o.bytes(stage, next)
	if tell == nil {
		return nil
	}
	return func(done, total int) { tell(int64(done), int64(total)) }
}

// Error is trouble that the person can do something about.
type Error struct {
	Msg  string // what and where
	Hint string // what to do; may be empty
}

func (e *Error) Error() string { return e.Msg }
