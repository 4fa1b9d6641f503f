package dedupe

import (
	"math/rand/v2"
	"strings"
	"testing"
)

func FuzzOverlap(f *testing.F) {
	for _, ab := range [][2]string{
		{"", ""}, {"abc", "abcd"}, {"abcd", "abcd"}, {"ababbaababba", "aabbaa"}, {"aaaaaaaaa", "aaaaa"},
		{"straße und höhe", "strasse und höhe"}, {"\xff\xfe\xff\xff\xff", "\uFFFD\uFFFD\uFFFD\uFFFD"},
		{"\x00\x00\x00\x00\x00", "\x00\x00\x00\x00"}, {"\uFFFF\uFFFF\uFFFF\uFFFF", "\uFFFF\uFFFF\uFFFF\uFFFF"},
		{"four 🎬🎬🎬🎬 films", "five 🎬🎬🎬🎬 films"}, {strings.Repeat("ab", 200), strings.Repeat("ba", 199)},
	} {
		f.Add(ab[0], ab[1])
	}
	var r runs
	f.Fuzz(func(t *testing.T, a, b string) {
		a, b = cutAt(a, overlapBytes), cutAt(b, overlapBytes)
		if got, want := r.overlap(a, b), overlapOfAny(a, b); got != want {
			t.Errorf("%q and %q: %v, want %v", a, b, got, want)
		}
	})
}

func TestOverlapOfRandomTexts(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	text := func() string {
		letters := []rune("abé ")[:2+random.IntN(3)]
		s := make([]rune, random.IntN(overlapBytes/2))
		for i := range s {
			s[i] = letters[random.IntN(len(letters))]
		}
		return string(s)
	}
	var r runs
	for range 2000 {
		a, b := text(), text()
		if got, want := r.overlap(a, b), overlapOfAny(a, b); got != want {
			t.Fatalf("%q and %q: %v, want %v", a, b, got, want)
		}
	}
}

func BenchmarkOverlap(b *testing.B) {
	x := strings.Repeat("the quick brown fox jumps over the lazy dog ", 5)
	y := strings.Repeat("the quick brown dog jumps over the lazy fox ", 6)
	var r runs
	b.ReportAllocs()
	for b.Loop() {
		r.overlap(x, y)
	}
}
