// Command gen writes the amd64 assembly of package exact: go generate reprise/nnlib/exact.
package main

import . "github.com/mmcloughlin/avo/build"

func main() {
	ConstraintExpr("amd64")
	cpuid()
	for _, t := range []elem{f32, f64} {
		gemm(t)
		gemm512(t)
		narrow(t)
		pack(t)
		elementwise(t)
	}
	cells(f32)
	reductions()
	optimizers()
	functions()
	functions512()
	functionsInPairs()
	Generate()
}
