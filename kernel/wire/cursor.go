package wire

import "unicode/utf8"

// Positions on the wire count code points; inside the kernel they are byte
// offsets. Neither direction fails: what lies outside the text is its nearest end.
// Text that came through JSON is valid UTF-8; elsewhere an invalid byte counts
// as one code point, as Go's range does.

// ByteOffset is the byte at which the code point with index n of text begins.
func ByteOffset(text string, n int) int {
	for i := range text {
		if n <= 0 {
			return i
		}
		n--
	}
	return len(text)
}

// CodePoints is the number of code points of text that begin before the byte offset.
func CodePoints(text string, offset int) int {
	offset = max(0, min(offset, len(text)))
	for offset < len(text) && offset > 0 && !utf8.RuneStart(text[offset]) {
		offset-- // in the middle of a code point: it has not ended yet
	}
	return utf8.RuneCountInString(text[:offset])
}
