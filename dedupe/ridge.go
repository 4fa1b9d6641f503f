package dedupe

import "math"

// ridge is a logistic regression with an offset and a normal prior around 0 on
// every parameter. What it gives is the most probable parameters (MAP).
type ridge struct {
	offset []float64   // log-odds of each case as they stand
	x      [][]float64 // what each parameter adds to them
	same   []bool
	sd     []float64 // of the prior of each parameter, above 0
	wrong  float64   // share of the answers that are a slip, 0 to below 0.5
}

// solve searches the parameters by Fisher scoring: Newton's method with the
// expected curvature, which is positive whatever the answers are. A step that
// does not gain is halved, so that the search always ends, at the same place
// for the same cases.
func (r *ridge) solve() []float64 {
	x := make([]float64, len(r.sd))
	best := r.value(x)
	for range 50 {
		step := r.step(x)
		next, v := r.shorten(x, step, best)
		if v <= best+1e-9 {
			break
		}
		x, best = next, v
	}
	return x
}

// shorten halves a step until it gains.
func (r *ridge) shorten(x, step []float64, best float64) ([]float64, float64) {
	length := 1.0
	for range 20 {
		next := make([]float64, len(x))
		for j := range x {
			next[j] = x[j] + length*step[j]
		}
		if v := r.value(next); v > best {
			return next, v
		}
		length /= 2
	}
	return x, best
}

// at is the log-odds of case i.
func (r *ridge) at(x []float64, i int) float64 {
	z := r.offset[i]
	for j, c := range r.x[i] {
		z += c * x[j]
	}
	return z
}

// value is the log of the posterior, up to a constant.
func (r *ridge) value(x []float64) float64 {
	v := 0.0
	for j, s := range r.sd {
		v -= x[j] * x[j] / (2 * s * s)
	}
	for i, same := range r.same {
		z := r.at(x, i)
		if !same {
			z = -z
		}
		v += math.Log(r.wrong + (1-2*r.wrong)*probability(z) + math.SmallestNonzeroFloat64)
	}
	return v
}

// step is the Newton step at x.
func (r *ridge) step(x []float64) []float64 {
	n := len(x)
	gradient, curve := make([]float64, n), make([][]float64, n)
	for j, s := range r.sd {
		curve[j] = make([]float64, n)
		curve[j][j] = 1 / (s * s)
		gradient[j] = -x[j] / (s * s)
	}
	for i, same := range r.same {
		p := probability(r.at(x, i))
		slope := (1 - 2*r.wrong) * p * (1 - p)
		said := r.wrong + (1-2*r.wrong)*p // that the answer is "same"
		pull, weight := 0.0, 0.0
		if slope > 0 { // 0 only where the odds are beyond what a number holds
			weight = slope * slope / (said * (1 - said))
			pull = slope / said
			if !same {
				pull = -slope / (1 - said)
			}
		}
		for j, c := range r.x[i] {
			gradient[j] += pull * c
			for k := range j + 1 {
				curve[j][k] += weight * c * r.x[i][k]
			}
		}
	}
	return solveCholesky(curve, gradient)
}

// solveCholesky solves h·y = g for a positive definite h, of which the lower
// half is given and overwritten.
func solveCholesky(h [][]float64, g []float64) []float64 {
	n := len(g)
	y := make([]float64, n)
	for j := range n {
		for k := range j + 1 {
			s := h[j][k]
			for i := range k {
				s -= h[j][i] * h[k][i]
			}
			if j == k {
				h[j][j] = math.Sqrt(s)
			} else {
				h[j][k] = s / h[k][k]
			}
		}
		s := g[j]
		for i := range j {
			s -= h[j][i] * y[i]
		}
		y[j] = s / h[j][j]
	}
	for j := n - 1; j >= 0; j-- {
		for i := j + 1; i < n; i++ {
			y[j] -= h[i][j] * y[i]
		}
		y[j] /= h[j][j]
	}
	return y
}
