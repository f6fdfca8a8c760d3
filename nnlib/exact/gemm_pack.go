package exact

import "unsafe"

// packB lays rows p0..p1, columns j0..j1 of op(B) out in panels of two vectors, row by row; a narrow last panel is padded.
func (p *product[T]) packB(lazy *lazyWorkspace[T], p0, p1, j0, j1 int) []T {
	panel := 2 * p.kernels.width
	k := p1 - p0
	w := lazy.get()
	panels := (j1 - j0 + panel - 1) / panel
	w.b = grow(w.b, panels*panel*k)
	for i := range panels {
		j := j0 + i*panel
		dst := w.b[i*panel*k:][:panel*k]
		if p.transB {
			p.packColumnsT(dst, p0, k, j, min(panel, j1-j))
		} else {
			p.packColumns(dst, p0, k, j, min(panel, j1-j))
		}
	}
	return w.b
}

func (p *product[T]) packColumns(dst []T, p0, k, j, n int) {
	panel := 2 * p.kernels.width
	size := int(unsafe.Sizeof(dst[0]))
	if n == panel {
		p.kernels.copyRow[panel*size/32](k, &p.b[p0*p.ldb+j], p.ldb*size, &dst[0], panel*size)
		return
	}
	for i := range k {
		copy(dst[i*panel:][:panel], p.b[(p0+i)*p.ldb+j:][:n])
	}
}

// packColumnsT packs columns of op(B) that are rows of b, eight at a time.
func (p *product[T]) packColumnsT(dst []T, p0, k, j, n int) {
	panel := 2 * p.kernels.width
	size := int(unsafe.Sizeof(dst[0]))
	vec := 32 / size
	whole := k / vec * vec
	for v := 0; v < n; v += 8 {
		rows := min(8, n-v)
		if whole > 0 {
			p.kernels.transpose[rows](whole/vec, &p.b[(j+v)*p.ldb+p0], p.ldb*size, &dst[v], panel*size)
		}
		for i := v; i < v+rows; i++ {
			for q, x := range p.b[(j+i)*p.ldb+p0:][whole:k] {
				dst[(whole+q)*panel+i] = x
			}
		}
	}
}

// padB copies the last n columns, less than a vector, to the workspace.
func (p *product[T]) padB(lazy *lazyWorkspace[T], b panelB[T], j, n int) *T {
	width := p.kernels.width
	w := lazy.get()
	w.b = grow(w.b, (b.p1-b.p0)*width)
	for i := b.p0; i < b.p1; i++ {
		row := w.b[(i-b.p0)*width:][:width]
		for q, x := range p.b[i*p.ldb+j:][:n] {
			row[q] = x
		}
	}
	return &w.b[0]
}

// packRows lays the tiles of rows i0..i1 out one after the other, each column by column, or returns nil when the rows are better read
// where they are. The vector copies write past the end of a column, so there is room for some more.
func (p *product[T]) packRows(lazy *lazyWorkspace[T], b panelB[T], i0, i1 int, tiles rowCut) []T {
	if i1-i0 < packARows || b.j1-b.j0 < packACols || p.rowA == 1 && b.p1-b.p0 < 64 {
		return nil
	}
	k := b.p1 - b.p0
	w := lazy.get()
	w.a = grow(w.a, (i1-i0)*k+16)
	at := 0
	for t := range tiles.tiles {
		h := tiles.rows(t)
		p.packTile(w.a[at:], b.p0, k, i0, h)
		at += h * k
		i0 += h
	}
	return w.a
}

func (p *product[T]) packTile(dst []T, p0, k, row, h int) {
	size := int(unsafe.Sizeof(dst[0]))
	vec := 32 / size
	done := 0
	if p.rowA == 1 {
		pieces := (h + vec - 1) / vec
		for done = k; done > 0 && (p0+done-1)*p.stepA+row+pieces*vec > len(p.a); done-- {
		}
		if done > 0 {
			p.kernels.copyRow[pieces](done, &p.a[p0*p.stepA+row], p.stepA*size, &dst[0], h*size)
		}
	} else if done = k / vec * vec; done > 0 {
		if h > 8 { // these first: what they write past their column is overwritten by the first eight
			p.kernels.transpose[h-8](done/vec, &p.a[(row+8)*p.rowA+p0], p.rowA*size, &dst[8], h*size)
		}
		p.kernels.transpose[min(h, 8)](done/vec, &p.a[row*p.rowA+p0], p.rowA*size, &dst[0], h*size)
	}
	for i := range h {
		for q := done; q < k; q++ {
			dst[q*h+i] = p.a[(row+i)*p.rowA+(p0+q)*p.stepA]
		}
	}
}
