package dedupe

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/unecho/unecho/pipeline/record"
)

// deeds makes a list of what four firms did, each often: name, town, subject.
// town gives the town of a record.
func deeds(town func(firm, i int) string, more ...record.Column) *Input {
	firms := []string{"harbour cranes", "northern dairy", "lumen optics", "vasa shipyard"}
	in := &Input{Columns: append([]record.Column{{Name: "applicant", Role: record.Organisation}, {Name: "town", Role: record.Place}, {Name: "subject", Role: record.Other}}, more...)}
	in.Forms = make([][]record.Form, len(in.Columns))
	for i := range 96 {
		name := firms[i%4]
		if i >= 92 {
			name += "s"
		}
		row := []string{name, town(i%4, i/4), fmt.Sprintf("%x", uint64(i+1)*0x9E3779B97F4A7C15)}
		for c := range more {
			row = append(row, fmt.Sprintf("19%02d-0%d-1%d", i, c+1, i%9))
		}
		for c, cell := range row {
			in.Cells = append(in.Cells, cell)
			in.Forms[c] = append(in.Forms[c], record.Form{Text: cell, Core: cell})
		}
	}
	return in
}

func sits(firm, i int) string {
	return []string{"oslo", "bergen", "turku", "visby", "anywhere", "elsewhere"}[firm*(i%3/2)+4*(1-i%3/2)+i%2*(1-i%3/2)]
}

// In a list of deeds a name is one party at --balanced, however many records
// have it; the default merges none of them. A day tells deeds of one name
// apart, and a name on which nothing depends is no party.
func TestOneNameIsOneParty(t *testing.T) {
	for _, c := range []struct {
		what string
		in   *Input
		one  bool
	}{
		{"deeds of firms that have a seat", deeds(sits), true},
		{"with a day", deeds(sits, record.Column{Name: "born", Role: record.Date}), false},
		{"where the town has nothing to do with the name", deeds(func(_, i int) string { return []string{"oslo", "bergen", "turku"}[i%3] }), false},
	} {
		p, err := Prepare(context.Background(), c.in, nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := p.deeds != nil; got != c.one {
			t.Errorf("%s: taken for deeds: %v", c.what, got)
		}
		if !c.one {
			continue
		}
		r, err := p.Match(context.Background(), Options{Balanced: true})
		if err != nil {
			t.Fatal(err)
		}
		for i := range 92 {
			if r.Cluster[i] != r.Cluster[i%4] {
				t.Errorf("row %d is not with row %d", i+1, i%4+1)
			}
			if strings.Contains(r.Reason[i], "decision") {
				t.Errorf("row %d: %s", i+1, r.Reason[i])
			}
		}
		if r.Cluster[0] == r.Cluster[1] {
			t.Error("two firms are one")
		}
		apart, err := p.Match(context.Background(), Options{Balanced: true, Answers: []Answer{{A: 0, B: 4}}})
		if err != nil || apart.Cluster[0] == apart.Cluster[4] || apart.Cluster[4] != apart.Cluster[8] && apart.Cluster[0] != apart.Cluster[8] {
			t.Errorf("told apart: %v, %v", err, apart.Cluster[:9])
		}
	}
}
