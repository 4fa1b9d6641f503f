package export

// Stretch is a run of text that both sides have, or one alone.
type Stretch struct {
	Text string
	Only bool // on this side alone
}

// WordDiff says which words stand only in a and which only in b, as the sheets
// mark them. The stretches of each side, joined, are that side. Where two
// longer texts have next to nothing in common, each is one stretch of its own.
func WordDiff(a, b string) (left, right []Stretch) {
	l, r := diffWords(a, b)
	if mostlyOnly(l, r) {
		return []Stretch{{a, true}}, []Stretch{{b, true}}
	}
	return stretches(l), stretches(r)
}

func stretches(pieces []piece) []Stretch {
	out := make([]Stretch, len(pieces))
	for i, p := range pieces {
		out[i] = Stretch{p.text, p.only}
	}
	return out
}
