package zmtp

import (
	"bytes"
	"crypto/rand"
	"encoding/binary"
	"strings"
	"testing"

	"golang.org/x/crypto/nacl/box"
)

// Made with: python3 -c "import zmq; print(zmq.curve_keypair())"
const (
	serverPublic = `&5{$A9VQ)VT?ox51=j&D:OAs}4m7dZrQJ#[-8x.{`
	serverSecret = `>uzaU!gWZB@3etu>}$(eRF%9)aD07.2Aq)1(Z-2+`
	otherPublic  = `:1j/fH2zx9/6+!7WlI:7Z2>CdetE]On6I7[i!5F$`
)

func serverKeys(t testing.TB) *Curve {
	t.Helper()
	c, err := ParseCurve(serverPublic, serverSecret)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// A curveClient is the client's half of RFC 26, with a hook that spoils each
// message it sends. Interoperation with a client that we did not write is
// tested against libzmq.
type curveClient struct {
	*client
	server                   [32]byte  // S
	public, secret           *[32]byte // C, c
	shortPublic, shortSecret *[32]byte // C', c'
	serverShort              [32]byte  // S'
	nonce                    uint64
	spoil                    func(command string, data []byte) []byte
}

func newCurveClient(t testing.TB, s *Socket, spoil func(string, []byte) []byte) *curveClient {
	c := &curveClient{client: dial(t, s), server: serverKeys(t).Public, spoil: spoil}
	c.public, c.secret, _ = box.GenerateKey(rand.Reader)
	c.shortPublic, c.shortSecret, _ = box.GenerateKey(rand.Reader)
	c.write(strings.Replace(nullGreeting, "NULL\x00", "CURVE", 1))
	c.read(64)
	return c
}

func (c *curveClient) say(command string, data []byte) {
	if c.spoil != nil {
		data = c.spoil(command, bytes.Clone(data))
	}
	body := string([]byte{byte(len(command))}) + command + string(data)
	c.Conn.Write([]byte("\x06" + string(binary.BigEndian.AppendUint64(nil, uint64(len(body)))) + body)) // may find it closed
}

func (c *curveClient) short(prefix string) ([]byte, *[24]byte) {
	c.nonce++
	n := binary.BigEndian.AppendUint64(nil, c.nonce)
	return n, (*[24]byte)(append([]byte(prefix), n...))
}

func (c *curveClient) hello() {
	n, nonce := c.short("CurveZMQHELLO---")
	data := append(make([]byte, 74), c.shortPublic[:]...)
	data[0] = 1
	data = append(data, n...)
	c.say("HELLO", box.Seal(data, make([]byte, 64), nonce, &c.server, c.shortSecret))
}

// initiate answers WELCOME.
func (c *curveClient) initiate(metadata string) {
	c.t.Helper()
	f := c.frame()
	data, ok := strings.CutPrefix(f.body, "\x07WELCOME")
	if !ok || len(data) != 160 {
		c.t.Fatalf("want WELCOME, got %q", f.body)
	}
	opened, ok := box.Open(nil, []byte(data[16:]), (*[24]byte)([]byte("WELCOME-"+data[:16])), &c.server, c.shortSecret)
	if !ok {
		c.t.Fatal("WELCOME does not open")
	}
	c.serverShort = [32]byte(opened)
	vouch := append(c.public[:len(c.public):len(c.public)], "0123456789abcdef"...)
	inner := append(c.shortPublic[:len(c.shortPublic):len(c.shortPublic)], c.server[:]...)
	vouch = box.Seal(vouch, inner, (*[24]byte)([]byte("VOUCH---0123456789abcdef")), &c.serverShort, c.secret)
	n, nonce := c.short("CurveZMQINITIATE")
	out := append(opened[32:128:128], n...)
	c.say("INITIATE", box.Seal(out, append(vouch, metadata...), nonce, &c.serverShort, c.shortSecret))
}

func (c *curveClient) ready() {
	c.t.Helper()
	data, ok := strings.CutPrefix(c.frame().body, "\x05READY")
	if !ok {
		c.t.Fatal("want READY")
	}
	if got, want := c.open("CurveZMQREADY---", data), property("Socket-Type", "ROUTER"); got != want {
		c.t.Fatalf("READY says %q", got)
	}
}

func (c *curveClient) open(prefix, data string) string {
	c.t.Helper()
	inner, ok := box.Open(nil, []byte(data[8:]), (*[24]byte)([]byte(prefix+data[:8])), &c.serverShort, c.shortSecret)
	if !ok {
		c.t.Fatalf("%s does not open", prefix)
	}
	return string(inner)
}

// sealed makes the wire form of one encrypted frame; flags are those inside.
func (c *curveClient) sealed(flags byte, body string) string {
	n, nonce := c.short("CurveZMQMESSAGEC")
	data := box.Seal(n, append([]byte{flags}, body...), nonce, &c.serverShort, c.shortSecret)
	wire := "\x07MESSAGE" + string(data)
	return "\x00" + string([]byte{byte(len(wire))}) + wire
}

var dealer = property("Socket-Type", "DEALER") + property("Identity", "me")

func TestCurveConversation(t *testing.T) {
	s := bind(t, Options{Kind: Router, Curve: serverKeys(t)})
	c := newCurveClient(t, s, nil)
	c.hello()
	c.initiate(dealer)
	c.ready()
	c.write(c.sealed(1, "a") + c.sealed(0, ""))
	want(t, recv(t, s), "me", "a", "")
	c.write(c.sealed(2, "\x04PING\x00\x00ctx"))
	if got := c.open("CurveZMQMESSAGES", strings.TrimPrefix(c.frame().body, "\x07MESSAGE")); got != "\x02\x04PONGctx" {
		t.Errorf("got %q", got)
	}
	send(t, s, "me", "b", "secret")
	for _, want := range []string{"\x01b", "\x00secret"} {
		f := c.frame()
		if strings.Contains(f.body, "secret") {
			t.Error("in clear text")
		}
		if got := c.open("CurveZMQMESSAGES", strings.TrimPrefix(f.body, "\x07MESSAGE")); got != want {
			t.Errorf("got %q", got)
		}
	}
}

func TestCurveHandshakeSpoiled(t *testing.T) {
	flip := func(at int) func([]byte) []byte {
		return func(b []byte) []byte { b[at] ^= 1; return b }
	}
	for _, c := range []struct {
		name, command string
		spoil         func([]byte) []byte
		metadata      string
		want          string
	}{
		{"HELLO cut", "HELLO", func(b []byte) []byte { return b[:193] }, dealer, "malformed HELLO of 193 bytes"},
		{"HELLO of another version", "HELLO", flip(0), dealer, "malformed HELLO"},
		{"HELLO with another key", "HELLO", flip(80), dealer, "HELLO does not open"},
		{"HELLO damaged", "HELLO", flip(190), dealer, "HELLO does not open"},
		{"INITIATE cut", "INITIATE", func(b []byte) []byte { return b[:200] }, dealer, "malformed INITIATE of 200 bytes"},
		{"INITIATE empty", "INITIATE", func([]byte) []byte { return nil }, dealer, "malformed INITIATE of 0 bytes"},
		{"INITIATE with a foreign cookie", "INITIATE", flip(5), dealer, "malformed INITIATE"},
		{"INITIATE damaged", "INITIATE", flip(130), dealer, "CurveZMQINITIATE does not open"},
		{"metadata", "", nil, "\x01", "malformed metadata"},
		{"socket type", "", nil, property("Socket-Type", "SUB"), `ROUTER cannot talk to a socket of type "SUB"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			o, errs := hearErrors(Options{Kind: Router, Curve: serverKeys(t)})
			s := bind(t, o)
			p := newCurveClient(t, s, func(command string, data []byte) []byte {
				if command == c.command {
					return c.spoil(data)
				}
				return data
			})
			p.hello()
			if c.command != "HELLO" {
				p.initiate(c.metadata)
			}
			wantError(t, errs, c.want)
			p.hungUp()
		})
	}
}

// A client that uses another's long-term key cannot vouch for it.
func TestCurveWrongVouch(t *testing.T) {
	o, errs := hearErrors(Options{Kind: Router, Curve: serverKeys(t)})
	s := bind(t, o)
	c := newCurveClient(t, s, nil)
	c.hello()
	stolen, _, _ := box.GenerateKey(rand.Reader)
	c.public = stolen
	c.initiate(dealer)
	wantError(t, errs, "INITIATE does not vouch for the client's key")
}

func TestCurveTrafficSpoiled(t *testing.T) {
	for _, c := range []struct {
		name  string
		spoil func(c *curveClient) string
		want  string
	}{
		{"replayed", func(c *curveClient) string { m := c.sealed(0, "x"); return m + m }, "replayed or out of order"},
		{"swapped", func(c *curveClient) string { a := c.sealed(0, "x"); return c.sealed(0, "y") + a }, "replayed or out of order"},
		{"damaged", func(c *curveClient) string { m := []byte(c.sealed(0, "x")); m[30] ^= 1; return string(m) }, "forged or damaged"},
		{"plain", func(*curveClient) string { return "\x00\x01x" }, "a frame that is not encrypted"},
		{"plain command", func(*curveClient) string { return "\x04\x07\x04PING\x00\x00" }, "a frame that is not encrypted"},
		{"more outside", func(c *curveClient) string { m := []byte(c.sealed(0, "x")); m[0] = 1; return string(m) }, "a frame that is not encrypted"},
		{"cut", func(*curveClient) string { return "\x00\x09\x07MESSAGEx" }, "with only 1 bytes"},
		{"bad flags", func(c *curveClient) string { return c.sealed(4, "x") }, "bad flags in an encrypted frame"},
		{"command with more", func(c *curveClient) string { return c.sealed(3, "\x04PING\x00\x00") }, "bad flags in an encrypted frame"},
	} {
		t.Run(c.name, func(t *testing.T) {
			o, errs := hearErrors(Options{Kind: Router, Curve: serverKeys(t)})
			s := bind(t, o)
			p := newCurveClient(t, s, nil)
			p.hello()
			p.initiate(dealer)
			p.ready()
			p.write(c.spoil(p))
			wantError(t, errs, c.want)
			p.hungUp()
		})
	}
}

func TestParseCurve(t *testing.T) {
	// The vector of RFC 32.
	var hello [8]byte
	if err := decodeZ85(hello[:], "HelloWorld"); err != nil || hello != [8]byte{0x86, 0x4F, 0xD2, 0x6F, 0xB5, 0x59, 0xF7, 0x5B} {
		t.Errorf("got %x, %v", hello, err)
	}
	for _, c := range []struct{ public, secret, want string }{
		{"short", serverSecret, "bad curve public key: want 40 characters of Z85, got 5"},
		{serverPublic, strings.Repeat("~", 40), `bad curve secret key: character '~' is not Z85`},
		{strings.Repeat("#", 40), serverSecret, `"#####" is not Z85: too large`},
		{otherPublic, serverSecret, "does not belong to the secret key"},
	} {
		if _, err := ParseCurve(c.public, c.secret); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("got %v, want %s", err, c.want)
		}
	}
}
