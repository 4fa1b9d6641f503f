package dedupe

// Loose says which of the two brakes a cluster is: loosely held, so that its
// weakest link may be a mistake, or else only large.
func (b Brake) Loose() bool { return b.Probability <= brakeHeld }
