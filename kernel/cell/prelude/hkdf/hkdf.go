// Package hkdf is crypto/hkdf (RFC 5869) for cells.
package hkdf

import (
	"crypto/hmac"
	"errors"
	"hash"
)

func Extract[H hash.Hash](h func() H, secret, salt []byte) ([]byte, error) {
	fresh := func() hash.Hash { return h() }
	if salt == nil {
		salt = make([]byte, fresh().Size())
	}
	mac := hmac.New(fresh, salt)
	mac.Write(secret)
	return mac.Sum(nil), nil
}

func Expand[H hash.Hash](h func() H, pseudorandomKey []byte, info string, keyLength int) ([]byte, error) {
	fresh := func() hash.Hash { return h() }
	size := fresh().Size()
	if keyLength > size*255 {
		return nil, errors.New("hkdf: requested key length too large")
	}
	var key, block []byte
	for i := 1; len(key) < keyLength; i++ {
		mac := hmac.New(fresh, pseudorandomKey)
		mac.Write(block)
		mac.Write([]byte(info))
		mac.Write([]byte{byte(i)})
		block = mac.Sum(nil)
		key = append(key, block...)
	}
	return key[:keyLength:keyLength], nil
}

func Key[H hash.Hash](h func() H, secret, salt []byte, info string, keyLength int) ([]byte, error) {
	pseudorandomKey, err := Extract(h, secret, salt)
	if err != nil {
		return nil, err
	}
	return Expand(h, pseudorandomKey, info, keyLength)
}
