package zmtp

import (
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
)

// metadata is what a peer tells of itself in READY or INITIATE.
type metadata struct {
	socketType string
	identity   string
}

// peerKinds lists who may talk to whom (RFC 37, "The Socket-Type Property").
var peerKinds = map[Kind][]string{
	Router: {"REQ", "DEALER", "ROUTER"},
	XPub:   {"SUB", "XSUB"},
	Rep:    {"REQ", "DEALER"},
}

// check says why a socket of kind k cannot talk to the peer.
func (m metadata) check(k Kind) error {
	if !slices.Contains(peerKinds[k], m.socketType) {
		return fmt.Errorf("zmtp: %v cannot talk to a socket of type %q", k, m.socketType)
	}
	if k == Router && (len(m.identity) > 255 || strings.HasPrefix(m.identity, "\x00")) {
		return fmt.Errorf("zmtp: bad identity of %d bytes; want at most 255, the first not zero", len(m.identity))
	}
	return nil
}

// encodeMetadata is our half: the socket type. A bound socket's identity is of no use to the peer.
func encodeMetadata(k Kind) []byte {
	const name = "Socket-Type"
	value := k.String()
	b := append([]byte{byte(len(name))}, name...)
	b = binary.BigEndian.AppendUint32(b, uint32(len(value)))
	return append(b, value...)
}

// parseMetadata reads the properties; names it does not know have no meaning
// for us. A property given twice: the last one counts.
func parseMetadata(b []byte) (m metadata, err error) {
	for len(b) > 0 {
		n := int(b[0])
		if n == 0 || len(b) < 1+n+4 {
			return m, fmt.Errorf("zmtp: malformed metadata")
		}
		name := string(b[1 : 1+n])
		if i := strings.IndexFunc(name, notNameChar); i >= 0 {
			return m, fmt.Errorf("zmtp: metadata name %q has a character that is not allowed", name)
		}
		size := binary.BigEndian.Uint32(b[1+n:])
		b = b[1+n+4:]
		if uint64(size) > uint64(len(b)) {
			return m, fmt.Errorf("zmtp: metadata %s claims %d bytes, %d are left", name, size, len(b))
		}
		switch strings.ToLower(name) {
		case "socket-type":
			m.socketType = string(b[:size])
		case "identity":
			m.identity = string(b[:size])
		}
		b = b[size:]
	}
	return m, nil
}

func notNameChar(r rune) bool {
	letter := r|0x20 >= 'a' && r|0x20 <= 'z'
	return !letter && (r < '0' || r > '9') && !strings.ContainsRune("-_.+", r)
}
