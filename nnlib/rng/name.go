package rng

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"strconv"
	"strings"
)

// texts turns names, which are strings and integers, into strings: 3 and "3" are one name.
func texts(names []any) []string {
	out := make([]string, len(names))
	for i, n := range names {
		switch v := n.(type) {
		case string:
			out[i] = v
		case int:
			out[i] = strconv.Itoa(v)
		case int32, int64, uint, uint32, uint64:
			out[i] = fmt.Sprint(v)
		default:
			panic(fmt.Errorf("rng: a stream is named by strings and integers, got %T %v", n, n))
		}
	}
	return out
}

// path is how the ledger shows names. A slash inside a name is escaped, so that
// two streams never share a line.
func path(names []string) string {
	escaped := make([]string, len(names))
	for i, n := range names {
		escaped[i] = strings.ReplaceAll(strings.ReplaceAll(n, "%", "%25"), "/", "%2F")
	}
	return strings.Join(escaped, "/")
}

// digest is SHA-256 over a purpose, the seed and the names. Every text is
// preceded by its length: without it ("ab", "c") and ("a", "bc") would be one stream.
func digest(purpose string, seed uint64, names []string) [32]byte {
	var b []byte
	text := func(s string) {
		b = binary.LittleEndian.AppendUint64(b, uint64(len(s)))
		b = append(b, s...)
	}
	text(purpose)
	b = binary.LittleEndian.AppendUint64(b, seed)
	for _, n := range names {
		text(n)
	}
	return sha256.Sum256(b)
}
