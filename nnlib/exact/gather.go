package exact

import "fmt"

// Gather32 copies rows of table (rows of width numbers) to dst: row i of dst is row ids[i]. It is the forward pass of an embedding.
func Gather32(dst, table []float32, width int, ids []int) {
	checkLengths("Gather32", len(ids)*width, len(dst))
	for i, id := range ids {
		copy(dst[i*width:][:width], tableRow(table, width, id))
	}
}

// ScatterAdd32 adds row i of src to row ids[i] of table, in ascending i: rows named twice are chains of additions in that order.
func ScatterAdd32(table []float32, width int, ids []int, src []float32) {
	checkLengths("ScatterAdd32", len(ids)*width, len(src))
	for i, id := range ids {
		row := tableRow(table, width, id)
		Add32(row, row, src[i*width:][:width])
	}
}

func tableRow(table []float32, width, id int) []float32 {
	if id < 0 || (id+1)*width > len(table) {
		panic(fmt.Errorf("exact: row %d is not in the table of %d rows of %d", id, len(table)/max(width, 1), width))
	}
	return table[id*width:][:width]
}
