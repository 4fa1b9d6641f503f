package join

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// editsSlowly is the textbook recursion of the optimal string alignment distance.
func editsSlowly(a, b []rune) int {
	m, n := len(a), len(b)
	d := make([][]int, m+1)
	for i := range d {
		d[i] = make([]int, n+1)
		for j := range d[i] {
			switch {
			case i == 0 || j == 0:
				d[i][j] = i + j
				continue
			case a[i-1] == b[j-1]:
				d[i][j] = d[i-1][j-1]
			default:
				d[i][j] = 1 + min(d[i-1][j], d[i][j-1], d[i-1][j-1])
			}
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d[i][j] = min(d[i][j], 1+d[i-2][j-2])
			}
		}
	}
	return d[m][n]
}

func TestEditsOf(t *testing.T) {
	for _, c := range []struct {
		a, b  string
		limit int
		want  int
	}{
		{"", "", 0, 0},
		{"", "ab", 2, 2},
		{"ab", "ba", 2, 1},
		{"ca", "abc", 3, 3}, // 2 in unrestricted Damerau–Levenshtein
		{"smith", "smyth", 1, 1},
		{"smith", "smiht", 1, 1},
		{"smith", "smythe", 1, 2},
		{"smith", "jones", 2, 3},
		{"Müller", "Mueller", 2, 2},
		{"a\xff", "a\ufffd", 1, 0},
	} {
		if got := EditsOf(c.a, c.b, c.limit); got != c.want {
			t.Errorf("EditsOf(%q, %q, %d) = %d, want %d", c.a, c.b, c.limit, got, c.want)
		}
	}
}

// randomNames makes words of few letters, many of them an edit from another.
func randomNames(rng *rand.Rand, n int) []string {
	var list []string
	for range n {
		var w []rune
		if len(list) > 0 && rng.IntN(2) == 0 {
			w = []rune(list[rng.IntN(len(list))])
			if i := rng.IntN(len(w) + 1); i+1 < len(w) {
				w[i], w[i+1] = w[i+1], w[i]
			} else {
				w = append(w[:i], 'é')
			}
		} else {
			for range rng.IntN(9) {
				w = append(w, 'a'+rng.Int32N(3))
			}
		}
		list = append(list, string(w))
	}
	return list
}

func checkTypo(t *testing.T, rng *rand.Rand) {
	list := randomNames(rng, rng.IntN(60))
	o := randomOptions(rng, len(list))
	for edits := 1; edits <= MaxEdits; edits++ {
		within := allPairs(len(list), o, float64(-edits), func(a, b int32) float64 {
			return -float64(editsSlowly([]rune(list[a]), []rune(list[b])))
		})
		for i, p := range within {
			longer := max(1, len([]rune(list[p.A])), len([]rune(list[p.B])))
			within[i].Score = 1 + p.Score/float64(longer)
		}
		res, err := Typo(context.Background(), list, edits, o)
		mustFind(t, res, err, within)
	}
}

func TestTypoEqualsBruteForce(t *testing.T) {
	seeds := uint64(300)
	if testing.Short() {
		seeds = 50
	}
	for seed := range seeds {
		checkTypo(t, rand.New(rand.NewPCG(seed, 4)))
	}
}

func FuzzTypoEqualsBruteForce(f *testing.F) {
	f.Add(uint64(1))
	f.Fuzz(func(t *testing.T, seed uint64) { checkTypo(t, rand.New(rand.NewPCG(seed, 5))) })
}

func FuzzEditsOf(f *testing.F) {
	f.Add("smith", "smiht")
	f.Add("ca", "abc")
	f.Fuzz(func(t *testing.T, a, b string) {
		if len(a) > 200 || len(b) > 200 {
			return
		}
		want := editsSlowly([]rune(a), []rune(b))
		for limit := range 5 {
			if got := EditsOf(a, b, limit); got != min(want, limit+1) {
				t.Errorf("EditsOf(%q, %q, %d) = %d, want %d", a, b, limit, got, min(want, limit+1))
			}
		}
	})
}

func TestTypoLeavesLongStringsOut(t *testing.T) {
	long := strings.Repeat("a", MaxTypoRunes)
	res, err := Typo(context.Background(), []string{long, long + "b", long + "c", long[1:]}, 1, Options{})
	mustFind(t, res, err, []Scored{{0, 3, 1 - 1.0/MaxTypoRunes}})
}

func BenchmarkTypo(b *testing.B) {
	for _, n := range []int{100_000, 1_000_000} {
		var list []string
		for edits := 1; edits <= MaxEdits; edits++ {
			b.Run(fmt.Sprintf("n=%d/edits=%d", n, edits), func(b *testing.B) {
				if list == nil {
					list = madeUpNames(n)
				}
				b.ReportAllocs()
				for b.Loop() {
					res, err := Typo(context.Background(), list, edits, Options{MaxPerRow: 10})
					if err != nil {
						b.Fatal(err)
					}
					reportResult(b, res)
				}
			})
		}
	}
}

// madeUpNames are first and last names of four to six syllables.
func madeUpNames(n int) []string {
	rng := rand.New(rand.NewPCG(1, 1))
	list := make([]string, n)
	for i := range list {
		var w strings.Builder
		for range 4 + rng.IntN(3) {
			w.WriteByte("bdfgklmnprstvz"[rng.IntN(14)])
			w.WriteByte("aeiou"[rng.IntN(5)])
		}
		list[i] = w.String()
	}
	return list
}

// The hash of a remainder is that of the string which is left.
func TestRemainders(t *testing.T) {
	hashes := func(text []rune) (all []uint32) {
		var left remainders
		left.each(text, MaxEdits, func(hash uint32) { all = append(all, hash) })
		return all
	}
	without := func(text []rune, i int) []rune { return slices.Delete(slices.Clone(text), i, i+1) }
	for _, s := range append(randomNames(rand.New(rand.NewPCG(1, 7)), 200), strings.Repeat("é", MaxTypoRunes)) {
		text := []rune(s)
		want := hashes(text)[:1]
		for i := range text {
			once := without(text, i)
			want = append(want, hashes(once)[0])
			for j := i; j < len(once); j++ {
				want = append(want, hashes(without(once, j))[0])
			}
		}
		if got := hashes(text); !slices.Equal(got, want) {
			t.Fatalf("%q: hashes %x, of the strings that are left %x", s, got, want)
		}
	}
}
