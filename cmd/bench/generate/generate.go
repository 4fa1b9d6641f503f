// Package generate makes the lists that are measured: titles, people,
// products and hostile shapes, of any length, with the truth about their
// repeats kept aside. A list is made row by row, so that ten million take no
// more memory than ten; the same seed gives the same bytes.
package generate

import (
	"bufio"
	"encoding/csv"
	"io"
	"iter"
	"math/rand/v2"
	"strconv"
)

// List is a list in the making. Its rows come with the number of the thing
// that each of them stands for: rows of one number are repeats.
type List struct {
	Columns []string
	Rows    iter.Seq2[int, []string] // the cells hold until the next row
}

// Write writes a list as CSV, and beside it, unless truth is nil, the thing of
// each row.
func (l List) Write(list, truth io.Writer) error {
	if truth == nil {
		truth = io.Discard
	}
	text, things := bufio.NewWriterSize(list, 1<<16), bufio.NewWriterSize(truth, 1<<16)
	w := csv.NewWriter(text)
	if err := w.Write(l.Columns); err != nil {
		return err
	}
	things.WriteString("row,thing\n")
	row := 0
	for thing, cells := range l.Rows {
		row++
		if err := writeRow(w, text, cells); err != nil {
			return err
		}
		things.WriteString(strconv.Itoa(row) + "," + strconv.Itoa(thing) + "\n")
	}
	w.Flush()
	if err := w.Error(); err != nil {
		return err
	}
	if err := text.Flush(); err != nil {
		return err
	}
	return things.Flush()
}

// writeRow writes a row, also one that is empty: encoding/csv would make a
// blank line of it, which is no record.
func writeRow(w *csv.Writer, text io.Writer, cells []string) error {
	if len(cells) > 1 || cells[0] != "" {
		return w.Write(cells)
	}
	w.Flush()
	_, err := io.WriteString(text, "\"\"\n")
	return err
}

// dice are thrown anew for each thing, so that any of them can be made again
// by itself.
type dice struct {
	*rand.Rand
	source *rand.PCG
	seed   uint64
}

func newDice(seed uint64) *dice {
	source := rand.NewPCG(seed, 0)
	return &dice{Rand: rand.New(source), source: source, seed: seed}
}

// at gives the dice of the thing of this number.
func (d *dice) at(number int) *dice {
	d.source.Seed(d.seed, uint64(number))
	return d
}

// one in n times.
func (d *dice) one(n int) bool { return d.IntN(n) == 0 }

// of gives one of them.
func of[T any](d *dice, all []T) T { return all[d.IntN(len(all))] }

// among gives things and repeats: in one row of every, a thing that was there
// before; in the others a new one. Next says what a new thing or a repeat
// reads like.
func among(columns []string, n, every int, seed uint64, next func(thing int, again *dice) []string) List {
	return List{columns, func(yield func(int, []string) bool) {
		order, differences := newDice(seed), newDice(seed+1)
		for row, things := 0, 0; row < n; row++ {
			thing, again := things, (*dice)(nil)
			if every > 0 && things > 0 && order.one(every) {
				thing, again = order.IntN(things), differences.at(row)
			} else {
				things++
			}
			if !yield(thing, next(thing, again)) {
				return
			}
		}
	}}
}
