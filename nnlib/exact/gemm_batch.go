package exact

import "sync"

// GemmBatch32 is Gemm32 for batch products whose matrices lie nextA, nextB, nextC elements apart (0 uses one matrix for all).
// The products share the workers; each has the bits Gemm32 gives it alone.
func GemmBatch32(batch int, transA, transB bool, m, n, k int, a []float32, lda, nextA int, b []float32, ldb, nextB int, c []float32, ldc, nextC int, load bool) {
	work := m * n * k
	if batch < 2 || work >= 8*parallelWork || batch*work < parallelWork {
		for i := range batch {
			Gemm32(transA, transB, m, n, k, a[i*nextA:], lda, b[i*nextB:], ldb, c[i*nextC:], ldc, load)
		}
		return
	}
	p := batches.Get().(*productBatch)
	*p = productBatch{transA, transB, load, m, n, k, lda, ldb, ldc, nextA, nextB, nextC, a, b, c}
	workers.run(p, batch)
	*p = productBatch{}
	batches.Put(p)
}

type productBatch struct {
	transA, transB, load   bool
	m, n, k, lda, ldb, ldc int
	nextA, nextB, nextC    int
	a, b, c                []float32
}

var batches = sync.Pool{New: func() any { return &productBatch{} }}

func (p *productBatch) Piece(i int) {
	Gemm32(p.transA, p.transB, p.m, p.n, p.k, p.a[i*p.nextA:], p.lda, p.b[i*p.nextB:], p.ldb, p.c[i*p.nextC:], p.ldc, p.load)
}

// SetRows32 sets each of the rows of C (leading dimension ldc) to row: a product with load then starts its chains from a bias.
// For a factor beta, Scale32 C first.
func SetRows32(c []float32, rows, ldc int, row []float32) {
	checkMatrix("c", rows, len(row), false, len(c), ldc)
	for i := range rows {
		copy(c[i*ldc:], row)
	}
}
