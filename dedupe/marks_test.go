package dedupe

import (
	"testing"

	"github.com/unecho/unecho/pipeline/record"
)

func TestDiffMarks(t *testing.T) {
	part := func(v string) record.Mark { return record.Mark{Kind: record.PartNumber, Value: v} }
	issue := func(v string) record.Mark { return record.Mark{Kind: record.IssueNumber, Value: v} }
	year := func(v string) record.Mark { return record.Mark{Kind: record.YearNumber, Value: v} }
	number := func(v string) record.Mark { return record.Mark{Kind: record.PlainNumber, Value: v} }
	for _, c := range []struct {
		name string
		x, y []record.Mark
		want markDiff
	}{
		{"none", nil, nil, markDiff{}},
		{"same part", []record.Mark{part("1")}, []record.Mark{part("1")}, markDiff{part: markSame}},
		{"parts clash", []record.Mark{part("1")}, []record.Mark{part("2")}, markDiff{part: markClash, kind: record.PartNumber, a: "1", b: "2"}},
		{"one side", nil, []record.Mark{issue("41")}, markDiff{part: markOne, kind: record.IssueNumber, b: "41"}},
		{"an issue is a part by another word", []record.Mark{part("3")}, []record.Mark{issue("3")}, markDiff{part: markSame}},
		{"years clash", []record.Mark{year("2017")}, []record.Mark{year("2018")}, markDiff{year: markClash}},
		{"a number more", []record.Mark{number("50"), number("7")}, []record.Mark{number("50")}, markDiff{number: markOne}},
	} {
		if got := diffMarks(c.x, c.y); got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
		back := diffMarks(c.y, c.x)
		if back.part != c.want.part || back.year != c.want.year || back.number != c.want.number || back.a != c.want.b || back.b != c.want.a {
			t.Errorf("%s: the other way round it is %+v", c.name, back)
		}
	}
}
