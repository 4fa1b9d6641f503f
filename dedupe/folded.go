package dedupe

import (
	"slices"
	"strings"

	"github.com/unecho/unecho/pipeline/record"
)

// readForms takes from the forms of the main text what is not words: its marks,
// where the brackets that close it begin, and where each of its columns does. It
// keeps none of the forms' memory.
func (l *list) readForms() {
	parts := make([][]record.Mark, (l.n+wordChunk-1)/wordChunk)
	marks, heads := make([]int32, l.n), make([]int32, l.n)
	l.begins = make([][]int32, max(0, len(l.main)-1))
	for i := range l.begins {
		l.begins[i] = make([]int32, l.n)
	}
	eachChunk(len(parts), func(i int) {
		values := &symbols{}
		for d := i * wordChunk; d < min((i+1)*wordChunk, l.n); d++ {
			for k, c := range l.main {
				f := &l.in.Forms[c][l.row(int32(d))]
				for _, m := range f.Marks {
					parts[i] = append(parts[i], record.Mark{Kind: m.Kind, Value: values.text[values.of(m.Value)]})
				}
				marks[d] += int32(len(f.Marks))
				heads[d] = headWords(f)
				if k > 0 {
					l.begins[k-1][d] = int32(len(strings.Fields(l.text(d, l.main[:k], false))))
				}
			}
		}
	})
	l.marked = make([]int32, 1, l.n+1)
	any := false
	for d, n := range marks {
		l.marked = append(l.marked, l.marked[d]+n)
		any = any || heads[d] > 0
	}
	l.mark = slices.Concat(parts...)
	if any && len(l.main) == 1 {
		l.heads = heads
	}
}
