package parse

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/unecho/unecho/pipeline/record"
)

// parseInput finds out what an input is and reads it.
func parseInput(ctx context.Context, in *input, o Options) (*list, error) {
	l := &list{ctx: ctx, source: record.Source{Name: in.name, Compression: in.compression, Bytes: int64(len(in.data)), SHA256: in.sha256}}
	if o.From == "xlsx" || isZip(in.data) || isOLE(in.data) {
		return l, parseWorkbook(in, l, o)
	}
	if what, hint := seems(in.data); what != "" {
		return nil, notList(in.name, what, hint)
	}
	if o.Sheet != "" {
		return nil, &Error{Source: in.name, Msg: fmt.Sprintf("no sheet %q: this is no workbook", o.Sheet), Hint: "leave --sheet out"}
	}
	e := guessEncoding(in.data)
	t := newText(in.data, e)
	if what, hint := markup(t.s); what != "" && o.From == "" {
		return nil, notList(in.name, what, hint)
	}
	f := guessFormat(t, in.name, o.From)
	l.source.Encoding, l.source.Format = e.name, f.format
	l.source.Sure, l.source.Why = min(e.sure, f.sure), join2(f.why, e.name+": "+e.why)
	switch f.format {
	case "listing":
		parseListing(t, l)
	case "lines":
		parseLines(t, l)
	case "jsonl":
		parseJSONLines(t, l)
	case "json":
		parseJSON(t, l)
	default:
		l.source.Header = f.table.header
		if !f.table.single {
			l.source.Delimiter = string(rune(f.table.delim))
		}
		parseTable(t, l, f.table)
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if len(l.columns) > MaxColumns || len(l.cells) > MaxCells {
		return nil, &Error{Source: in.name, Msg: fmt.Sprintf("%d columns and %d cells are more than unecho reads", len(l.columns), len(l.cells)),
			Hint: fmt.Sprintf("the bounds are %d columns and %d cells", MaxColumns, MaxCells)}
	}
	l.settle(t)
	return l, nil
}

func notList(name, what, hint string) error {
	return &Error{Source: name, Msg: "this is " + what + ", not a list", Hint: hint}
}

// join2 puts two reasons into one line.
func join2(a, b string) string {
	if a == "" {
		return b
	}
	return a + "; " + b
}

// formatGuess is what a text seems to be.
type formatGuess struct {
	format string
	sure   float64
	why    string
	table  tableGuess
}

// guessFormat tells the format of a text, or obeys from.
func guessFormat(t *text, name, from string) formatGuess {
	if from != "" {
		return told(t, name, from)
	}
	head := trim(t.s[:min(len(t.s), sample)])
	if head == "" && blank(t.s) {
		return formatGuess{format: "lines", sure: 1, why: "nothing but blanks"}
	}
	if f, ok := guessJSON(t, head, name); ok {
		return f
	}
	if f, ok := guessListing(t); ok {
		return f
	}
	g := guessTable(t, filepath.Ext(bare(name)))
	if g.lines {
		return formatGuess{format: "lines", sure: g.sure, why: g.why}
	}
	return formatGuess{format: "csv", sure: g.sure, why: g.why, table: g}
}

// told obeys the format given, and finds out only what it leaves open.
func told(t *text, name, from string) formatGuess {
	f := formatGuess{format: from, sure: 1, why: "told"}
	switch from {
	case "csv":
		f.table = guessTable(t, ".csv")
	case "tsv":
		f.table = shape(t, candidate{delim: '\t'})
	case "semicolon":
		f.table = shape(t, candidate{delim: ';'})
	case "pipe":
		f.table = shape(t, candidate{delim: '|'})
	default:
		return f
	}
	f.format, f.why = "csv", "told; "+f.table.why
	return f
}

// guessJSON knows JSON lines and JSON arrays. A list of titles may begin with
// a bracket, so one alone is not enough.
func guessJSON(t *text, head, name string) (formatGuess, bool) {
	if head == "" || head[0] != '{' && head[0] != '[' {
		return formatGuess{}, false
	}
	rest := trim(head[1:])
	ext := filepath.Ext(bare(name))
	switch {
	case head[0] == '[' && strings.HasPrefix(rest, "{"), head[0] == '[' && strings.HasPrefix(rest, "]") && blank(rest[1:]):
		return formatGuess{format: "json", sure: 0.98, why: "begins as a JSON array of objects"}, true
	case head[0] == '[' && ext == ".json":
		return formatGuess{format: "json", sure: 0.9, why: "the name ends in .json"}, true
	case head[0] == '{' && (strings.HasPrefix(rest, `"`) || strings.HasPrefix(rest, "}")):
		first, _, _ := strings.Cut(trim(t.s), string(rune(t.eol)))
		if len(first) > MaxLine || json.Valid(view(first)) || ext == ".jsonl" || ext == ".ndjson" {
			return formatGuess{format: "jsonl", sure: 0.98, why: "each line begins as a JSON object"}, true
		}
		if _, end := scanValue(t.s, strings.IndexByte(t.s, '{')); end {
			return formatGuess{format: "json", sure: 0.9, why: "JSON objects over several lines"}, true
		}
		return formatGuess{format: "jsonl", sure: 0.7, why: "begins as a JSON object"}, true
	}
	return formatGuess{}, false
}

// guessListing knows the listing by its footer lines.
func guessListing(t *text) (formatGuess, bool) {
	lines, footers, aged := 0, 0, 0
	s := &text{s: t.s[:min(len(t.s), 4*sample)], eol: t.eol}
	for p := 0; p < len(s.s); {
		ln := s.line(p)
		p = ln.next
		l := s.s[ln.start:ln.end]
		if blank(l) {
			continue
		}
		lines++
		if f, ok := footer(l); ok {
			footers++
			if _, known := AgeDays(f.age); known {
				aged++
			}
		}
	}
	if (aged == 0 && footers < 2) || footers*30 < lines {
		return formatGuess{}, false
	}
	sure := 0.99
	if aged*2 < footers {
		sure = 0.8
	}
	return formatGuess{format: "listing", sure: sure, why: fmt.Sprintf("%d of the first %d lines are footers of the kind \"@source | 3 years ago\"", footers, lines)}, true
}
