// Package exact is arithmetic whose bits never change: not with the machine, the CPU's features, the number of threads, the batch a row
// travels in, or the build flags.
//
// Public functions (32 stands for float32, 64 for float64):
//
//	matrix products   Gemm32 Gemm64 GemmStrided32 GemmStrided64 GemmBatch32 SetRows32 Conv2D32 (ConvShape) Im2Col32 Col2Im32
//	fused             FMA32
//	reductions        Sum32 Sum32To64 Dot32To64 SumSq32To64 Norm32 Mean32 Var32 Max32 Min32 ArgMax32 ArgMin32 ColSum32
//	                  Sum64 Dot64 SumSq64 Norm64 Mean64 Var64 Max64 Min64 ArgMax64 ArgMin64 ColSum64
//	  along an axis   ReduceAxis32 ReduceAxis64 ArgAxis32 ArgAxis64
//	rows of a table   Gather32 ScatterAdd32
//	rows              Softmax32 LogSoftmax32 LogSumExp32
//	elementwise       Add Sub Mul Div Scale Axpy AddRow Relu ReluGrad, each with 32 and 64; SigmoidGrad32 TanhGrad32 AddProducts32
//	                  Larger32 LargerGrad32 Transpose32
//	optimizers        Adam32 (AdamParams) SGD32 Momentum32 RMSprop32 Adagrad32
//	float32 functions Exp32 Expm132 Log32 Log1p32 Tanh32 Sigmoid32 Softplus32 Erf32 Gelu32 Sin32 Cos32 Sincos32 Pow32 Sqrt32
//	  on slices       ExpTo Expm1To LogTo Log1pTo TanhTo SigmoidTo SoftplusTo ErfTo GeluTo SinTo CosTo SqrtTo PowTo
//	float64 functions under the names of package math: Exp Exp2 Expm1 Log Log2 Log10 Log1p Sinh Cosh Tanh Asinh Acosh Atanh
//	                  Sin Cos Sincos Tan Asin Acos Atan Atan2 Pow Cbrt Hypot Erf Erfc Erfinv Erfcinv
//	                  Gamma Lgamma J0 J1 Jn Y0 Y1 Yn Sqrt, and Sigmoid Softplus Gelu
//	NaN and int       Canonical32 Canonical64 ToInt
//	workers           Share (Task) Pieces
//
// # The rules
//
// Matrix products are one chain of fused multiply-adds per element of C, in ascending k, in the storage type, from 0 or from C. Blocks,
// packing, vectors and threads never cut a chain. So a row's result does not depend on the other rows: predict(one row) has the bits of
// predict(batch).
//
// Everything elementwise is unfused: each operation is rounded to the storage type, in the written order. Every product under + or - has
// an explicit conversion, float32(x*y) + z, since Go may fuse x*y + z on some machines, across statements too. TestSourceRules holds
// nnlib and dataframe to this, TestNoFusedInstructions (tag oracle) looks at what the compiler made of them.
//
// Reductions run in 16 lanes (lane l takes x[l], x[l+16], ...) joined by the tree 8-4-2-1, along any axis. Sums over the rows of a matrix
// are chains in ascending order, and so is adding rows to a table.
//
// float32 functions are correctly rounded: the value is defined by mathematics, so no machine can disagree. The vector kernels compute it in pairs
// of float32 or in float64, good to 2^-30 or better, each with a bound of its error; what lies too near to the midpoint of two float32 for that is left
// to a better kernel and at last to 100-bit arithmetic. testdata/exhaustive.sh runs
// each on all 2^32 arguments and compares with MPFR's results; testdata/exhaustive.txt records what was run when: no result was wrong.
// TestHardCases holds every argument found within 2^-48 of a midpoint. Pow32 is right unless the true value is within 2^-90 of a midpoint, and
// it recognises exact ones.
//
// float64 functions are evaluated to about 100 bits and rounded once: their error is at most 0.5001 ULP, and each of 30,000 samples a function
// gave the float64 nearest to MPFR's value (testdata/accuracy.sh), with these exceptions: results below the smallest normal number are good to
// 1 ULP, Expm1 between -40 and -36 to 0.64 ULP, and the Bessel functions and Lgamma next to their zeros to 2^-70.
//
// NaN: any operation on a NaN gives a NaN, but sign and payload differ between machines; Canonical32 before hashing or saving. Max and
// Min return the canonical NaN if there is one, and order -0 below +0; ArgMax takes the first NaN, and -0 equals +0. Relu keeps NaN and
// gives +0 for -0. Subnormal numbers are kept: no flushing. A float becomes an int by ToInt, which saturates and makes NaN 0.
//
// # Speed
//
// Kernels for AVX2 with FMA and for AVX-512, written by the generator in gen (go generate), are chosen by the CPU's features; elsewhere
// portable Go runs. GODEBUG=cpu.all=off, cpu.avx2=off, cpu.fma=off and cpu.avx512f=off switch them off as they do in the runtime. The
// choice never changes a bit: TestDigests and its kin compare digests over machines, features, threads and builds. Big products are cut
// into tiles for a pool of workers, at most GOMAXPROCS at a time, which end when the program is idle.
//
// Measured beside OpenBLAS 0.3.21 (its Cooperlake kernels) and PyTorch 2.15 (AVX-512) on one thread of a busy EPYC of the Zen 4 kind, medians of
// ratios, more than 1 is faster than they are. Products: 0.93 to 1.46 at the shapes of testdata/bench, 38 of 42 at 1 or above. Functions:
// exp 2.1, expm1 2.2, log 1.8, log1p 1.06, tanh 3.5, softplus 1.2, erf 1.6, sin 1.5, cos 1.6, sqrt 2.6, sigmoid 0.87, gelu 1.07; with AVX2 on both
// sides exp 1.8, expm1 1.6, log 1.4, log1p 1.4, tanh 1.9, softplus 1.1, erf 1.1, sin 0.86, cos 0.94, sqrt 2.6, sigmoid 0.89, gelu 0.80. Adam 3,
// 0.30 ns a parameter; a training step of 784-128-10 at batch 32 3.1 to 4.1. With two threads for both, products 0.96 to 2.4, 36 of 42 at 1 or above,
// but one at 0.86; functions 0.99 to 3.4, Adam 4.1, the training step 3.4. Products that are shared gain 1.2 to 1.95 by it here, Adam 1.8.
//
// What is below 1, and why. One core computes 115.5 GF/s in float32, 57.8 in float64: a fused operation of 64 bytes a cycle. float64 with 10
// columns (0.93 to 0.99, 50 GF/s): 8 of them run at 57.8, the two others, whose vectors run down C, at 36: of 10 cycles for 32 numbers of A they
// spend 10 on loads and 10 on decoding. An LSTM step of 32 x 256 x 64 (0.98, 110): a tile of 64 steps lasts 1408 cycles and takes 33 to begin
// and end. 32 cubed in float64 (0.97): 1.2 µs, of which a call is 30 ns. 64 cubed lies at 0.97 to 1.02 from run to run. On two threads OpenBLAS
// shares the float64 product of 32 x 64 x 256 (0.86) and gains 1.5 by it; here it stays on one, since in a training step, where others precede
// it, sharing costs more than it gains. 1 to 3 columns (not in the table: 0.8 in float32 with 1 or 2, 1 with 3 and more): a chain takes 4 cycles
// a step, where others add in any order. On two threads a step of training is 1.5 times as fast as on one in some phases of that virtual machine
// and no faster in others, when Adam takes 137 µs rather than 31: half of the weights it writes lie in the other core's cache, and that core is
// then farther away, as it seems.
//
// The functions are bound by the operations on vectors, loads and copies not counted. In pairs of float32, a vector of 16 (AVX-512) or 8 (AVX2)
// takes: exp 33 and 35, sigmoid 42 (another 49 from 7.85 on) and 52, gelu 45 and 57, erf 58 with AVX2, log 56, log1p 75. In float64, 8 elements take
// sin 96, cos 90, softplus 98, tanh 66, expm1 60 with AVX2. To know that a result is rounded correctly takes 6 to 8 of them. What is then in doubt,
// at most 1% of normally distributed arguments, is gathered and computed again: 5 to 15% of the time. So sigmoid, and without AVX-512 gelu, sin and cos,
// stay at 0.8 to 0.94 of PyTorch, whose results are off: its sigmoid by 2 ULP at most, its gelu by 10^-6, one result in a thousand by 100,000 ULP.
// Slices of 32768 elements and more are shared among the workers.
//
// # Commands
//
//	testdata/bench.sh                  this package beside OpenBLAS and PyTorch; ISA="best avx2" with AVX2 only, too
//	testdata/exhaustive.sh             every float32 function on all 2^32 arguments against MPFR
//	testdata/accuracy.sh               the float64 functions against MPFR
//	go test -tags oracle ./nnlib/exact the digests on arm64, s390x (qemu-user), wasip1 (wazero), GOAMD64=v1 and v3
package exact
