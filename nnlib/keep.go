package nnlib

// keep returns g where it passes, else 0.
func keep(g float32, passes bool) float32 {
	if passes {
		return g
	}
	return 0
}
