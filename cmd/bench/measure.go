package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// bench is one run of the command.
type bench struct {
	dir     string // everything is made and written in it
	passing bool   // it goes when the run ends
	self    string // this program
	program string // unecho
	size    size
	once    bool          // nothing is repeated
	limit   time.Duration // of another program
	memory  int64         // of another program, bytes
	say     io.Writer

	base   []string        // titles to make lists of
	real   bool            // they are real ones
	made   map[string]bool // lists, and environments of other programs
	floors map[string]cost
}

// tell says what is being done.
func (b *bench) tell(format string, args ...any) {
	fmt.Fprintf(b.say, "%s %s\n", time.Now().Format(time.TimeOnly), fmt.Sprintf(format, args...))
}

// endless is the limit of what has none: a day, and more memory than there is.
const (
	endless   = 24 * time.Hour
	boundless = 1 << 60
)

// measure measures the rows one after the other.
func (b *bench) measure(ctx context.Context, rows []row) (*table, error) {
	b.made, b.floors = map[string]bool{}, map[string]cost{}
	t := &table{Machine: thisMachine(), Quick: b.once}
	for _, r := range rows {
		if err := b.ready(ctx, r.list); err != nil {
			return nil, err
		}
		if r.peers {
			answers, err := b.beside(ctx, r)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", r.name, err)
			}
			t.Peers = append(t.Peers, answers...)
			continue
		}
		m, err := b.row(ctx, r)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", r.name, err)
		}
		t.Rows = append(t.Rows, m)
	}
	t.Real = b.real
	t.judge()
	return t, nil
}

// row measures one row: the floor of its list, then unecho.
func (b *bench) row(ctx context.Context, r row) (measured, error) {
	m := measured{Name: r.name, Work: r.work, Records: r.list.records, Target: r.target}
	if !r.noFloor {
		floor, err := b.floor(ctx, r.list)
		if err != nil {
			return m, err
		}
		m.Floor = &floor
	}
	var err error
	m.cost, err = b.best(func() (cost, error) {
		c, _, err := b.clean(ctx, r.list, r.args...)
		return c, err
	})
	if err == nil {
		b.tell("%-32s %s of wall time, %s of CPU, %s at most", r.name, seconds(m.Wall), seconds(m.CPU), memory(m.Peak))
	}
	return m, err
}

// floor measures how long a list takes to be read and written.
func (b *bench) floor(ctx context.Context, l *list) (cost, error) {
	if c, ok := b.floors[l.name]; ok {
		return c, nil
	}
	var least cost
	for range 3 {
		c, err := b.watched(ctx, endless, boundless, io.Discard, b.say, b.self, "floor", l.file(b), filepath.Join(b.dir, "floor.csv"))
		if err != nil {
			return c, err
		}
		if c.Exit != 0 {
			return c, fmt.Errorf("the floor of %s ended with exit code %d", l.name, c.Exit)
		}
		if least.Runs == 0 || c.Wall < least.Wall {
			c.Runs = least.Runs + 1
			least = c
		}
	}
	least.Runs = 3
	b.floors[l.name] = least
	return least, nil
}

// outputs is where the last run of unecho wrote to.
func (b *bench) outputs() string { return filepath.Join(b.dir, "out") }

// clean runs unecho over a list, looks whether everything that was read is
// accounted for, and says how many pairs unecho would ask about.
func (b *bench) clean(ctx context.Context, l *list, args ...string) (c cost, asked int, err error) {
	if err := os.RemoveAll(b.outputs()); err != nil {
		return c, 0, err
	}
	command := append([]string{b.program, "clean", l.file(b), "-o", b.outputs(), "--json", "--quiet"}, args...)
	var report, words bytes.Buffer
	if c, err = b.watched(ctx, endless, boundless, &report, &words, command...); err != nil {
		return c, 0, err
	}
	if c.Exit != 0 {
		return c, 0, fmt.Errorf("unecho ended with exit code %d: %s", c.Exit, cmp.Or(strings.TrimSpace(words.String()), "without a word"))
	}
	asked, err = accounted(report.Bytes(), l.records)
	return c, asked, err
}

// accounted looks whether a report says that so many records were read, and
// what became of each. It gives how many pairs a person is asked about.
func accounted(report []byte, records int) (asked int, err error) {
	var r struct {
		Records struct{ Read, Kept, Removed, Rejected int }
		Review  int
	}
	if err := json.Unmarshal(report, &r); err != nil {
		return 0, fmt.Errorf("the report: %w", err)
	}
	n := r.Records
	if n.Read != records || n.Kept+n.Removed != n.Read || n.Rejected != 0 {
		return 0, fmt.Errorf("of %d records %d were read, %d kept, %d removed and %d rejected", records, n.Read, n.Kept, n.Removed, n.Rejected)
	}
	return r.Review, nil
}
