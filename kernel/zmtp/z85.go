package zmtp

import (
	"encoding/binary"
	"fmt"
	"math"
	"strings"
)

// z85 is the alphabet of RFC 32.
const z85 = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#"

// decodeZ85 fills dst, whose length is a multiple of 4: five characters for four bytes.
func decodeZ85(dst []byte, s string) error {
	if len(s) != len(dst)/4*5 {
		return fmt.Errorf("want %d characters of Z85, got %d", len(dst)/4*5, len(s))
	}
	for i := range len(dst) / 4 {
		var n uint64
		for _, c := range []byte(s[5*i : 5*i+5]) {
			digit := strings.IndexByte(z85, c)
			if digit < 0 {
				return fmt.Errorf("character %q is not Z85", c)
			}
			n = n*85 + uint64(digit)
		}
		if n > math.MaxUint32 {
			return fmt.Errorf("%q is not Z85: too large", s[5*i:5*i+5])
		}
		binary.BigEndian.PutUint32(dst[4*i:], uint32(n))
	}
	return nil
}
