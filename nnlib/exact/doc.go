// Package exact is arithmetic whose bits never change: not with the machine, the CPU's features, the number of threads, the batch a row
// travels in, or the build flags.
//
// Public functions (32 stands for float32, 64 for float64):
//
//	matrix products   Gemm32 Gemm64 GemmBatch32 SetRows32 Conv2D32 (ConvShape) Im2Col32 Col2Im32
//	fused             FMA32
//	reductions        Sum32 Sum32To64 Dot32To64 SumSq32To64 Norm32 Mean32 Var32 Max32 Min32 ArgMax32 ArgMin32 ColSum32
//	                  Sum64 Dot64 SumSq64 Norm64 Mean64 Var64 Max64 Min64 ArgMax64 ColSum64
//	  along an axis   ReduceAxis32 ReduceAxis64 ArgAxis32
//	rows of a table   Gather32 ScatterAdd32
//	rows              Softmax32 LogSoftmax32 LogSumExp32
//	elementwise       Add Sub Mul Div Scale Axpy AddRow Relu ReluGrad, each with 32 and 64
//	optimizers        Adam32 (AdamParams) SGD32 Momentum32 RMSprop32 Adagrad32
//	float32 functions Exp32 Expm132 Log32 Log1p32 Tanh32 Sigmoid32 Softplus32 Erf32 Gelu32 Sin32 Cos32 Sincos32 Pow32 Sqrt32
//	  on slices       ExpTo Expm1To LogTo Log1pTo TanhTo SigmoidTo SoftplusTo ErfTo GeluTo SinTo CosTo SqrtTo
//	float64 functions under the names of package math: Exp Exp2 Expm1 Log Log2 Log10 Log1p Sinh Cosh Tanh Asinh Acosh Atanh
//	                  Sin Cos Sincos Tan Asin Acos Atan Atan2 Pow Cbrt Hypot Erf Erfc Erfinv Erfcinv
//	                  Gamma Lgamma J0 J1 Jn Y0 Y1 Yn
//	NaN and int       Canonical32 Canonical64 ToInt
//
// # The rules
//
// Matrix products are one chain of fused multiply-adds per element of C, in ascending k, in the storage type, from 0 or from C. Blocks,
// packing, vectors and threads never cut a chain, so a row's result does not depend on the other rows of the batch.
//
// Everything elementwise is unfused: each operation is rounded to the storage type, in the written order. Every product under + or - has
// an explicit conversion, float32(x*y) + z, since Go may fuse x*y + z on some machines; a test of the source holds this.
//
// Reductions run in 16 lanes (lane l takes x[l], x[l+16], ...) joined by the tree 8-4-2-1. Sums over rows are chains in ascending order.
//
// float32 functions are correctly rounded. float64 functions are evaluated to about 100 bits and rounded once.
//
// NaN: any operation on a NaN gives a NaN, but sign and payload differ between machines; Canonical32 before hashing or saving. Max and
// Min return NaN if there is one, and order -0 below +0; ArgMax takes the first NaN, and -0 equals +0. Relu gives +0 for -0.
// Subnormal numbers are kept. A float becomes an int by ToInt, which saturates.
package exact
