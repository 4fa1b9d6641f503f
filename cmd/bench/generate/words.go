package generate

import (
	"math/rand/v2"
	"strconv"
	"strings"
)

// vocabulary is how many words a made title is put together from.
const vocabulary = 60_000

// common are the most frequent words of made titles, in this order.
var common = strings.Fields(`the a of to in and for is on with my this that it from how what i you are was at your we
	new first best one all about why by when not time can just after our be his do have people day man up who will world
	like get made old photo found game year good city house music film water family story help night book work today school
	little street home light friend looking picture never river summer winter garden morning history train station market
	bridge mountain island letter coffee kitchen window paper bicycle harbour village library museum theatre engine forest
	bread orange silver yellow quiet sudden broken hidden empty northern distant careful ordinary favourite beautiful`)

// sources are where titles are said to have been found.
var sources = []string{"BBC News", "The Guardian", "Reuters", "Imgur", "YouTube", "xpost", "Weekly Digest", "The Harbour Post", "Flickr", "Daily Notes"}

// MadeWord is the word of a rank: a common one, or syllables.
func MadeWord(rank int) string {
	if rank < len(common) {
		return common[rank]
	}
	var b strings.Builder
	for v := rank; v > 0; v /= 70 {
		b.WriteByte("bdfgklmnprstvz"[v%14])
		b.WriteByte("aeiou"[v/14%5])
	}
	return b.String()
}

// MadeTitles makes n titles out of words alone, as frequent as in a language
// (Zipf's law), with names and numbers among them.
func MadeTitles(n int, seed uint64) []string {
	d := newDice(seed)
	zipf := rand.NewZipf(d.Rand, 1.1, 8, vocabulary-1)
	out := make([]string, n)
	for i := range out {
		words := make([]string, 4+d.IntN(10))
		for k := range words {
			words[k] = MadeWord(int(zipf.Uint64()))
			switch {
			case k == 0 || d.one(8):
				words[k] = capital(words[k])
			case d.one(20):
				words[k] = strconv.Itoa(1 + d.IntN(2_000))
			}
		}
		out[i] = strings.Join(words, " ")
	}
	return out
}
