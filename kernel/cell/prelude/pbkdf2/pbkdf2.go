// Package pbkdf2 is crypto/pbkdf2 (RFC 8018, section 5.2) for cells.
package pbkdf2

import (
	"crypto/hmac"
	"encoding/binary"
	"errors"
	"hash"
)

func Key[H hash.Hash](h func() H, password string, salt []byte, iter, keyLength int) ([]byte, error) {
	if keyLength <= 0 {
		return nil, errors.New("pkbdf2: keyLength must be larger than 0") // spelled as the standard package spells it
	}
	mac := hmac.New(func() hash.Hash { return h() }, []byte(password))
	var key []byte
	for block := uint32(1); len(key) < keyLength; block++ {
		mac.Reset()
		mac.Write(salt)
		mac.Write(binary.BigEndian.AppendUint32(nil, block))
		u := mac.Sum(nil)
		sum := append([]byte(nil), u...)
		for range iter - 1 {
			mac.Reset()
			mac.Write(u)
			u = mac.Sum(u[:0])
			for i, b := range u {
				sum[i] ^= b
			}
		}
		key = append(key, sum...)
	}
	return key[:keyLength:keyLength], nil
}
