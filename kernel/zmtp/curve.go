package zmtp

import (
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"

	"golang.org/x/crypto/curve25519"
	"golang.org/x/crypto/nacl/box"
	"golang.org/x/crypto/nacl/secretbox"
)

// Curve holds the server's long-term keys for the CURVE mechanism (RFC 25, 26).
// As with ipykernel, any client that knows the public key may connect; who may
// run code is decided by the signature of each Jupyter message.
type Curve struct {
	Public, Secret [32]byte
}

// ParseCurve reads the keys as a Jupyter connection file holds them
// (curve_publickey, curve_secretkey): 40 characters of Z85 each (RFC 32).
func ParseCurve(public, secret string) (*Curve, error) {
	c := new(Curve)
	if err := decodeZ85(c.Public[:], public); err != nil {
		return nil, fmt.Errorf("zmtp: bad curve public key: %w", err)
	}
	if err := decodeZ85(c.Secret[:], secret); err != nil {
		return nil, fmt.Errorf("zmtp: bad curve secret key: %w", err)
	}
	derived, err := curve25519.X25519(c.Secret[:], curve25519.Basepoint)
	if err != nil || [32]byte(derived) != c.Public {
		return nil, errors.New("zmtp: the curve public key does not belong to the secret key")
	}
	return c, nil
}

var _ mechanism = (*Curve)(nil)

func (*Curve) name() string   { return "CURVE" }
func (*Curve) asServer() bool { return true }

// handshake is the server's part of
//
//	C: HELLO     C', Box[64 * %x0](C'->S)
//	S: WELCOME   Box[S' + cookie](S->C')
//	C: INITIATE  cookie, Box[C + vouch + metadata](C'->S')
//	S: READY     Box[metadata](S'->C')
//
// with S, C the long-term keys and S', C' keys of this connection only. The
// cookie lets a server forget a client between WELCOME and INITIATE; as ours
// holds the connection anyway, the cookie only has to come back unchanged.
func (c *Curve) handshake(l *link, check func(metadata) error) (metadata, session, error) {
	clientKey, err := c.hello(l)
	if err != nil {
		return metadata{}, nil, err
	}
	public, secret, err := box.GenerateKey(rand.Reader)
	if err != nil {
		return metadata{}, nil, fmt.Errorf("zmtp: no key for this connection: %w", err)
	}
	cookie, err := c.welcome(l, clientKey, public, secret)
	if err != nil {
		return metadata{}, nil, err
	}
	s := &curveSession{}
	box.Precompute(&s.key, clientKey, secret)
	meta, err := c.initiate(l, s, clientKey, secret, cookie)
	if err != nil {
		return meta, nil, err
	}
	if err := check(meta); err != nil {
		return meta, nil, l.refuse(err)
	}
	return meta, s, l.send(encodeCommand("READY", s.sealBox(nil, "CurveZMQREADY---", encodeMetadata(l.kind))))
}

// hello checks that the client knows our public key, and returns C'.
//
//	version %x01 %x00, 72 zero octets, C' 32, short nonce 8, box 64+16
func (c *Curve) hello(l *link) (*[32]byte, error) {
	data, err := l.expect("HELLO")
	if err != nil {
		return nil, err
	}
	if len(data) != 194 || data[0] != 1 || data[1] != 0 {
		return nil, fmt.Errorf("zmtp: malformed HELLO of %d bytes", len(data))
	}
	clientKey := [32]byte(data[74:106])
	zeros, ok := box.Open(nil, data[114:], shortNonce("CurveZMQHELLO---", data[106:114]), &clientKey, &c.Secret)
	if !ok || [64]byte(zeros) != [64]byte{} {
		return nil, errors.New("zmtp: HELLO does not open with our secret key; the client has another server's public key")
	}
	return &clientKey, nil
}

// welcome sends S' and a fresh cookie, Box[C' + s'](K) under a key K that is forgotten at once.
func (c *Curve) welcome(l *link, clientKey, public, secret *[32]byte) (cookie []byte, err error) {
	var random [64]byte // 16 for each long nonce, 32 for K
	if _, err := rand.Read(random[:]); err != nil {
		return nil, fmt.Errorf("zmtp: no random bytes: %w", err)
	}
	key := [32]byte(random[32:])
	inner := append(clientKey[:len(clientKey):len(clientKey)], secret[:]...)
	cookie = secretbox.Seal(random[:16:16], inner, longNonce("COOKIE--", random[:16]), &key)
	nonce := random[16:32:32]
	data := box.Seal(nonce, append(public[:len(public):len(public)], cookie...), longNonce("WELCOME-", nonce), clientKey, &c.Secret)
	return cookie, l.send(encodeCommand("WELCOME", data))
}

// initiate checks that the client owns its long-term key C, by the vouch
// Box[C',S](C->S'), and returns its metadata.
//
//	cookie 96, short nonce 8, box of C 32, vouch nonce 16, vouch box 64+16, metadata
func (c *Curve) initiate(l *link, s *curveSession, clientKey, secret *[32]byte, cookie []byte) (metadata, error) {
	data, err := l.expect("INITIATE")
	if err != nil {
		return metadata{}, err
	}
	if len(data) < 96+8+box.Overhead+128 || string(data[:96]) != string(cookie) {
		return metadata{}, fmt.Errorf("zmtp: malformed INITIATE of %d bytes", len(data))
	}
	inner, err := s.openBox("CurveZMQINITIATE", data[96:])
	if err != nil {
		return metadata{}, err
	}
	client := [32]byte(inner[:32])
	vouch, ok := box.Open(nil, inner[48:128], longNonce("VOUCH---", inner[32:48]), &client, secret)
	if !ok || [32]byte(vouch[:32]) != *clientKey || [32]byte(vouch[32:]) != c.Public {
		return metadata{}, errors.New("zmtp: INITIATE does not vouch for the client's key")
	}
	meta, err := parseMetadata(inner[128:])
	if err != nil {
		return meta, l.refuse(err)
	}
	return meta, nil
}

// A curveSession encrypts both ways with the connection's shared key. The
// reader calls open and the writer seal: each owns one counter.
type curveSession struct {
	key      [32]byte
	received uint64 // the client's last short nonce
	sent     uint64 // ours
}

// Flags octet inside an encrypted frame.
const (
	curveMore    = 1 << 0
	curveCommand = 1 << 1
)

// sealCost is what encryption adds to a frame, in bytes:
// %d7 "MESSAGE", short nonce, box overhead, flags.
const sealCost = 8 + 8 + box.Overhead + 1

func (*curveSession) overhead() int64 { return sealCost }

// open decrypts a MESSAGE. RFC 25 has it a command; libzmq sends it as a message frame.
func (s *curveSession) open(f frame) (frame, error) {
	name, data, err := parseCommand(f.body)
	if err != nil || name != "MESSAGE" || f.more {
		return frame{}, errors.New("zmtp: a frame that is not encrypted on a CURVE connection")
	}
	inner, err := s.openBox("CurveZMQMESSAGEC", data)
	if err != nil {
		return frame{}, err
	}
	if len(inner) == 0 || inner[0]&^(curveMore|curveCommand) != 0 || inner[0] == curveMore|curveCommand {
		return frame{}, errors.New("zmtp: bad flags in an encrypted frame")
	}
	return frame{more: inner[0]&curveMore != 0, command: inner[0]&curveCommand != 0, body: inner[1:]}, nil
}

// seal encrypts each frame of wire by itself.
func (s *curveSession) seal(wire []byte) []byte {
	var out, inner []byte
	for len(wire) > 0 {
		var f frame
		f, wire = cutFrame(wire)
		var flags byte
		if f.more {
			flags |= curveMore
		}
		if f.command {
			flags |= curveCommand
		}
		inner = append(append(inner[:0], flags), f.body...)
		out = appendFrameHeader(out, frame{}, len(f.body)+sealCost)
		out = s.sealBox(append(out, "\x07MESSAGE"...), "CurveZMQMESSAGES", inner)
	}
	return out
}

// openBox reads a short nonce, which must be larger than the last one, and the box after it.
func (s *curveSession) openBox(prefix string, data []byte) ([]byte, error) {
	if len(data) < 8+box.Overhead {
		return nil, fmt.Errorf("zmtp: %s with only %d bytes", prefix, len(data))
	}
	n := binary.BigEndian.Uint64(data)
	if n <= s.received {
		return nil, fmt.Errorf("zmtp: %s with nonce %d after %d: replayed or out of order", prefix, n, s.received)
	}
	inner, ok := box.OpenAfterPrecomputation(nil, data[8:], shortNonce(prefix, data[:8]), &s.key)
	if !ok {
		return nil, fmt.Errorf("zmtp: %s does not open: forged or damaged", prefix)
	}
	s.received = n
	return inner, nil
}

func (s *curveSession) sealBox(dst []byte, prefix string, inner []byte) []byte {
	s.sent++
	dst = binary.BigEndian.AppendUint64(dst, s.sent)
	return box.SealAfterPrecomputation(dst, inner, shortNonce(prefix, dst[len(dst)-8:]), &s.key)
}

func shortNonce(prefix string, short []byte) *[24]byte {
	return (*[24]byte)(append([]byte(prefix), short...))
}

func longNonce(prefix string, long []byte) *[24]byte { return shortNonce(prefix, long) }
