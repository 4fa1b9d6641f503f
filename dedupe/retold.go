package dedupe

// The words of a long sentence go together: two papers on one topic share a
// dozen of them and are two. What such words tell is less than their sum, the
// less the longer the text, once each side has words of its own. A heap of
// names and numbers, as offers are, is no sentence: it may be worded in any way.

// numbersIn is how many words a sentence has for each number, at least.
const numbersIn = 5

// sentences gives how many words the main text of each record has, 0 where it
// is more a heap of numbers than a sentence.
func (w *words) sentences() []int32 {
	length := make([]int32, w.records())
	eachRange(len(length), func(lo, hi int) {
		for d := lo; d < hi; d++ {
			set := w.set(int32(d))
			numbers := 0
			for _, t := range set {
				if w.traits[t].coded {
					numbers++
				}
			}
			if numbers*numbersIn < len(set) {
				length[d] = int32(len(set))
			}
		}
	})
	return length
}

// retold is the length of the shorter of two sentences of which each has words
// of its own, 0 where they have not and where another column agrees, which
// then tells more than the words; beside is the most, in nats, that one tells.
func (l *list) retold(a, b int32, beside float64, d *compared) float64 {
	if !l.ownWord(d.left[0]) || !l.ownWord(d.left[1]) || beside > tells*l.logN {
		return 0
	}
	return float64(min(l.sentence[a], l.sentence[b]))
}

// ownWord says whether a word of more than three letters is among those left
// over: "a", "vs" and "teh" tell no sentence from another.
func (l *list) ownWord(left []int32) bool {
	for _, t := range left {
		if len(l.title.symbols.text[t]) > 3 {
			return true
		}
	}
	return false
}
