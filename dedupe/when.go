package dedupe

// When is the latest date of a row of the list, from 0, as a number that grows
// with time; 0 where it has none that can be read.
func (p *Prepared) When(row int) float64 { return newest(p.list.in, int32(row)) }
