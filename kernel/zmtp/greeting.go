package zmtp

import (
	"bytes"
	"fmt"
	"io"
)

const (
	greetingSize = 64
	majorVersion = 3
	minorVersion = 1
)

// greeting is what each side says first (RFC 37, "Formal Grammar"):
//
//	offset 0   %xFF, 8 octets of padding, %x7F
//	10         major, minor version
//	12         mechanism, 20 octets padded with zeros
//	32         as-server
//	33         31 zero octets
func greeting(mechanism string, asServer bool) []byte {
	g := make([]byte, greetingSize)
	g[0], g[9], g[10], g[11] = 0xFF, 0x7F, majorVersion, minorVersion
	copy(g[12:32], mechanism)
	if asServer {
		g[32] = 1
	}
	return g
}

// readGreeting checks the peer's greeting against our own mechanism. It stops
// at the first octet that cannot be ZMTP 3, so that an older peer or another
// protocol is turned away at once instead of at the deadline.
func readGreeting(r io.Reader, mechanism string, asServer bool) error {
	var g [greetingSize]byte
	if err := greeted(r, g[:1]); err != nil {
		return err
	}
	if g[0] != 0xFF {
		return fmt.Errorf("zmtp: not a ZMTP 3 greeting: it starts with %#02x", g[0])
	}
	if err := greeted(r, g[1:10]); err != nil {
		return err
	}
	if g[9] != 0x7F {
		return fmt.Errorf("zmtp: not a ZMTP 3 greeting: the signature ends in %#02x", g[9])
	}
	if err := greeted(r, g[10:11]); err != nil {
		return err
	}
	if g[10] < majorVersion {
		return fmt.Errorf("zmtp: the peer speaks ZMTP %d (as announced), ours is %d.%d", g[10], majorVersion, minorVersion)
	}
	if err := greeted(r, g[11:]); err != nil {
		return err
	}
	// Higher versions are valid, and the filler has no meaning: neither is checked.
	theirs, _, _ := bytes.Cut(g[12:32], []byte{0})
	if string(theirs) != mechanism || len(bytes.Trim(g[12+len(theirs):32], "\x00")) != 0 {
		return fmt.Errorf("zmtp: the peer wants the mechanism %q, this socket %q", bytes.TrimRight(g[12:32], "\x00"), mechanism)
	}
	if asServer && g[32] != 0 {
		return fmt.Errorf("zmtp: the peer wants to be the %s server, as we are", mechanism)
	}
	return nil
}

// greeted reads a part of the greeting.
func greeted(r io.Reader, part []byte) error {
	if _, err := io.ReadFull(r, part); err != nil {
		return fmt.Errorf("zmtp: no greeting from the peer: %w", inside(err))
	}
	return nil
}
