package dedupe

// longSentence is how many words a main text has, at least, to be repeated
// nearly whole where it is repeated.
const longSentence = 6

// alone says whether the list has nothing but a main text, and whether most of
// these are long sentences.
func (l *list) alone() (alone, sentences bool) {
	if len(l.fields) > 0 || len(l.bodies) > 0 {
		return false, false
	}
	long := 0
	for _, n := range l.sentence {
		if n >= longSentence {
			long++
		}
	}
	return true, 2*long > l.n
}

// threshold is the probability from which a pair is merged as more likely than
// not, where nobody said otherwise.
func (l *list) threshold() float64 {
	alone, sentences := l.alone()
	switch {
	case l.across != nil:
		return DefaultLinked
	case sentences:
		return DefaultSentences
	case alone:
		return DefaultAlone
	}
	return DefaultBalanced
}
