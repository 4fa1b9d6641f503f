package dedupe

import (
	"cmp"
	"maps"
	"math"
	"slices"
)

// fit is the state of a search.
type fit struct {
	given  map[measure][]Level
	offset []float64
	cuts   [measureCount][]float64 // upper ends of the levels but the last
	first  [measureCount]int       // index of the first parameter of a comparison: none, then steps
	params int
	level  []uint8 // of each pair and comparison: 0 none, 1 … the levels from below
	target []bool
	weight []float64
	x      []float64
}

func newFit(samples []*Sample, o LearnOptions) *fit {
	f := &fit{given: maps.Clone(given)}
	maps.DeleteFunc(f.given, func(m measure, _ []Level) bool { return slices.Contains(o.Free, measures[m].key) })
	weights := sampleWeights(samples)
	for m := range measureCount {
		f.first[m] = f.params + 1
		if _, set := beyond[m]; set {
			f.params++
			continue
		}
		if _, set := f.given[m]; !set && !slices.Contains(o.Skip, measures[m].key) {
			f.cuts[m] = cut(samples, weights, m, o.Levels)
		}
		f.params += 1 + len(f.cuts[m])
	}
	f.params++ // the base
	for i, s := range samples {
		w := classWeights(s, weights[i], o.Share)
		for k := range s.rows {
			for m := range measureCount {
				if _, set := beyond[m]; set {
					f.level = append(f.level, 1) // the one level without a parameter
					continue
				}
				f.level = append(f.level, uint8(levelOf(f.cuts[m], float64(s.rows[k][m]))))
			}
			f.target = append(f.target, s.same[k])
			f.offset = append(f.offset, f.offsetOf(&s.rows[k]))
			if s.same[k] {
				f.weight = append(f.weight, w[1])
			} else {
				f.weight = append(f.weight, w[0])
			}
		}
	}
	f.x = make([]float64, f.params)
	f.x[0] = -2
	return f
}

// sampleWeights gives the weight of each pair of each sample; all add up to 1.
func sampleWeights(samples []*Sample) []float64 {
	lists := map[string]int{}
	for _, s := range samples {
		lists[s.Family]++
	}
	w := make([]float64, len(samples))
	for i, s := range samples {
		w[i] = cmp.Or(s.Weight, 1) / float64(len(lists)) / float64(lists[s.Family]) / float64(max(len(s.rows), 1))
	}
	return w
}

// classWeights gives the weight of a different and of a same pair of a list,
// w each on average, such that the same pairs have a given share of all.
func classWeights(s *Sample, w, share float64) [2]float64 {
	same := 0
	for _, y := range s.same {
		if y {
			same++
		}
	}
	n := len(s.same)
	if same == 0 || same == n {
		return [2]float64{w, w}
	}
	return [2]float64{w * float64(n) * (1 - share) / float64(n-same), w * float64(n) * share / float64(same)}
}

// cut finds where the levels of a comparison end.
func cut(samples []*Sample, weights []float64, m measure, levels int) []float64 {
	type point struct {
		v float64
		w [2]float64
	}
	var points []point
	var total [2]float64
	for i, s := range samples {
		for k := range s.rows {
			v := float64(s.rows[k][m])
			if math.IsNaN(v) {
				continue
			}
			p := point{v: v}
			side := 0
			if s.same[k] {
				side = 1
			}
			p.w[side] = weights[i]
			total[side] += weights[i]
			points = append(points, p)
		}
	}
	slices.SortFunc(points, func(a, b point) int { return cmp.Compare(a.v, b.v) })
	var cuts []float64
	var seen float64
	next := 1
	for i, p := range points {
		for side := range 2 {
			if total[side] > 0 {
				seen += p.w[side] / total[side] / 2
			}
		}
		if seen >= float64(next)/float64(levels) && i+1 < len(points) {
			if v := round5(p.v); len(cuts) == 0 || v > cuts[len(cuts)-1] {
				if v < points[len(points)-1].v {
					cuts = append(cuts, v)
				}
			}
			for next < levels && seen >= float64(next)/float64(levels) {
				next++
			}
		}
	}
	return cuts
}

// round5 keeps five digits, as many as the weights file holds.
func round5(v float64) float64 {
	if v == 0 {
		return 0
	}
	scale := math.Pow(10, 4-math.Floor(math.Log10(math.Abs(v))))
	return math.Round(v*scale) / scale
}

// levelOf is 0 for nothing to compare, else 1 for the lowest level and so on.
func levelOf(cuts []float64, v float64) int {
	if math.IsNaN(v) {
		return 0
	}
	for i, c := range cuts {
		if v <= c {
			return i + 1
		}
	}
	return len(cuts) + 1
}

// table turns the parameters into the weight of each level.
func (f *fit) table(x []float64) [measureCount][]float64 {
	var t [measureCount][]float64
	for m := range measureCount {
		t[m] = make([]float64, len(f.cuts[m])+2)
		p := x[f.first[m]:]
		t[m][0] = p[0]
		sum := 0.0
		for k := range f.cuts[m] {
			sum += p[k+1]
			t[m][k+2] = sum
		}
	}
	return t
}

// descend searches the parameters.
func (f *fit) descend(o LearnOptions) {
	n := len(f.target)
	y := slices.Clone(f.x)
	last := slices.Clone(f.x)
	momentum := 1.0
	step := 0.3
	for range o.Rounds {
		g := f.gradient(y, n, o.Ridge)
		next := make([]float64, f.params)
		for i := range next {
			next[i] = y[i] - step*g[i]
		}
		f.project(next)
		m := (1 + math.Sqrt(1+4*momentum*momentum)) / 2
		for i := range y {
			y[i] = next[i] + (momentum-1)/m*(next[i]-last[i])
		}
		momentum, last = m, next
	}
	f.x = last
}

// project keeps the steps on their side of 0.
func (f *fit) project(x []float64) {
	for m := range measureCount {
		for k := range f.cuts[m] {
			i := f.first[m] + 1 + k
			if s := float64(measures[m].sign); s != 0 && x[i]*s < 0 {
				x[i] = 0
			}
		}
	}
}

// gradient of the weighted log-loss plus the ridge.
func (f *fit) gradient(x []float64, n int, ridge float64) []float64 {
	t := f.table(x)
	type part struct {
		base float64
		sum  [measureCount][]float64
	}
	const chunks = 64 // a fixed number, so that sums do not depend on the cores
	parts := make([]part, chunks)
	eachChunk(chunks, func(c int) {
		p := &parts[c]
		for m := range measureCount {
			p.sum[m] = make([]float64, len(t[m]))
		}
		for i := n * c / chunks; i < n*(c+1)/chunks; i++ {
			levels := f.level[i*int(measureCount) : (i+1)*int(measureCount)]
			z := x[0] + f.offset[i]
			for m, k := range levels {
				z += t[m][k]
			}
			r := probability(z)
			if f.target[i] {
				r--
			}
			r *= f.weight[i]
			p.base += r
			for m, k := range levels {
				p.sum[m][k] += r
			}
		}
	})
	g := make([]float64, f.params)
	for c := range parts {
		g[0] += parts[c].base
		for m := range measureCount {
			sums := parts[c].sum[m]
			g[f.first[m]] += sums[0]
			above := 0.0
			for k := len(f.cuts[m]) - 1; k >= 0; k-- {
				above += sums[k+2]
				g[f.first[m]+1+k] += above
			}
		}
	}
	for i := 1; i < f.params; i++ {
		g[i] += ridge * x[i]
	}
	return g
}

// weights turns what was found into match weights. Each comparison is shifted
// so that its levels speak for and against: the mean over the pairs learned
// from is moved to the base.
func (f *fit) weights() *Weights {
	w := &Weights{Base: f.x[0], Levels: make([][]Level, measureCount)}
	t := f.table(f.x)
	for m := range measureCount {
		if levels, set := f.given[m]; set {
			w.Levels[m] = levels
			continue
		}
		if levels, set := beyond[m]; set {
			w.Levels[m] = levels
			continue
		}
		if len(f.cuts[m]) == 0 {
			continue
		}
		shift := (t[m][1] + t[m][len(t[m])-1]) / 2
		w.Base += shift
		w.Levels[m] = append(w.Levels[m], Level{math.NaN(), t[m][0] - shift})
		for k := 1; k < len(t[m]); k++ {
			up := math.Inf(1)
			if k-1 < len(f.cuts[m]) {
				up = f.cuts[m][k-1]
			}
			w.Levels[m] = append(w.Levels[m], Level{up, t[m][k] - shift})
		}
	}
	return w
}

// stretch multiplies and shifts the sum so that it is calibrated on the pairs
// learned from (Platt 1999): the ridge that keeps the weights alike on lists
// of other kinds also makes their sum too timid. Newton's method on the two
// numbers.
func (f *fit) stretch() {
	n := len(f.target)
	z := make([]float64, n)
	t := f.table(f.x)
	for i := range n {
		z[i] = f.x[0]
		for m, k := range f.level[i*int(measureCount) : (i+1)*int(measureCount)] {
			z[i] += t[m][k]
		}
	}
	a, b := 1.0, 0.0
	for range 30 {
		var ga, gb, haa, hab, hbb float64
		for i := range n {
			p := probability(a*z[i] + b + f.offset[i])
			r, v := p, p*(1-p)*f.weight[i]
			if f.target[i] {
				r--
			}
			r *= f.weight[i]
			ga, gb = ga+r*z[i], gb+r
			haa, hab, hbb = haa+v*z[i]*z[i], hab+v*z[i], hbb+v
		}
		det := haa*hbb - hab*hab
		if det < 1e-12 {
			break
		}
		a -= (hbb*ga - hab*gb) / det
		b -= (haa*gb - hab*ga) / det
	}
	for i := range f.x {
		f.x[i] *= a
	}
	f.x[0] += b
}
