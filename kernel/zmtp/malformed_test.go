package zmtp

import (
	"strings"
	"testing"
	"time"
)

// Each case is all that a peer ever sends; the server must hang up by itself,
// say why, and go on serving others.
func TestMalformedPeers(t *testing.T) {
	edit := func(s string, at int, b string) string { return s[:at] + b + s[at+len(b):] }
	hello := nullGreeting + ready("DEALER", "me")
	for _, c := range []struct{ name, bytes, want string }{
		{"http", "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", "it starts with 0x47"},
		{"ZMTP 1.0 short identity", "\x01\x00", "it starts with 0x01"},
		{"ZMTP 1.0 long identity", "\xff\x00\x00\x00\x00\x00\x00\x00\x09\x00", "the signature ends in 0x00"},
		{"ZMTP 2.0", edit(nullGreeting, 10, "\x01")[:11], "the peer speaks ZMTP 1"},
		{"mechanism", edit(nullGreeting, 12, "PLAIN"), `the peer wants the mechanism "PLAIN", this socket "NULL"`},
		{"mechanism of which ours is a prefix", edit(nullGreeting, 12, "NULLER"), `the mechanism "NULLER"`},
		{"mechanism with a hole", edit(nullGreeting, 17, "X"), `the mechanism "NULL\x00X"`},
		{"message before READY", nullGreeting + "\x00\x02hi", "a message before READY"},
		{"another command before READY", nullGreeting + "\x04\x07\x04PING\x00\x00", `"PING" before READY`},
		{"ERROR before READY", nullGreeting + "\x04\x09\x05ERROR\x02no", `"ERROR" before READY`},
		{"empty command", nullGreeting + "\x04\x00", "malformed command of 0 bytes"},
		{"command without a name", nullGreeting + "\x04\x01\x00", "malformed command of 1 bytes"},
		{"command name beyond the frame", nullGreeting + "\x04\x03\x05RE", "malformed command of 3 bytes"},
		{"huge READY", nullGreeting + "\x06\x00\x00\x00\x00\x40\x00\x00\x00", "frame of 1073741824 bytes, at most 65536"},
		{"metadata name empty", nullGreeting + "\x04\x0b\x05READY\x00\x00\x00\x00\x00", "malformed metadata"},
		{"metadata cut in the name", nullGreeting + "\x04\x08\x05READY\x0bS", "malformed metadata"},
		{"metadata cut in the size", nullGreeting + "\x04\x0a\x05READY\x01a\x00\x00", "malformed metadata"},
		{"metadata value too long", nullGreeting + "\x04\x0d\x05READY\x01a\xff\xff\xff\xff!", "metadata a claims 4294967295 bytes, 1 are left"},
		{"metadata name char", nullGreeting + "\x04\x0c\x05READY\x01\x00\x00\x00\x00\x00", "a character that is not allowed"},
		{"no socket type", nullGreeting + "\x04\x06\x05READY", `cannot talk to a socket of type ""`},
		{"wrong socket type", nullGreeting + ready("SUB", ""), `ROUTER cannot talk to a socket of type "SUB"`},
		{"reserved identity", nullGreeting + ready("DEALER", "\x00\x00\x00\x00\x01"), "bad identity of 5 bytes"},
		{"reserved flag", hello + "\x08\x00", "bad frame flags 0x08"},
		{"highest flag", hello + "\x80\x00", "bad frame flags 0x80"},
		{"command with more", hello + "\x05\x00", "bad frame flags 0x05"},
		{"2 GB frame", hello + "\x02\x00\x00\x00\x00\x80\x00\x00\x00", "frame of 2147483648 bytes, at most"},
		{"negative length", hello + "\x02\xff\xff\xff\xff\xff\xff\xff\xff", "frame of 18446744073709551615 bytes"},
		{"READY again", hello + ready("DEALER", "me"), "the peer sent READY after the handshake"},
		{"ERROR later", hello + "\x04\x09\x05ERROR\x02no", "the peer sent ERROR after the handshake"},
		{"PING without a TTL", hello + "\x04\x06\x04PING\x00", "PING with 1 bytes"},
		{"PING with a long context", hello + "\x04\x18\x04PING\x00\x00" + strings.Repeat("c", 17), "PING with 19 bytes"},
		{"command too long", hello + "\x06\x00\x00\x00\x00\x00\x01\x00\x01" + "\x01X" + strings.Repeat("x", 65535), "frame of 65537 bytes is too large"},
	} {
		t.Run(c.name, func(t *testing.T) {
			o, errs := hearErrors(Options{Kind: Router, MaxMessage: 1 << 28})
			s := bind(t, o)
			bad := dial(t, s)
			bad.write(c.bytes)
			wantError(t, errs, c.want)
			bad.hungUp()
			good := connect(t, s, "DEALER", "good")
			good.message("still there?")
			want(t, recv(t, s), "good", "still there?")
		})
	}
}

// A stream that ends early: at every byte of a conversation.
func TestCutConversations(t *testing.T) {
	whole := nullGreeting + ready("DEALER", "me") + "\x01\x02hi\x00\x00" + "\x04\x07\x04PING\x00\x00"
	o, errs := hearErrors(Options{Kind: Router})
	s := bind(t, o)
	complete := len(nullGreeting) + len(ready("DEALER", "me"))
	clean := map[int]bool{complete: true, complete + 6: true, len(whole): true} // ends between messages
	for n := range len(whole) + 1 {
		c := dial(t, s)
		c.write(whole[:n])
		c.Conn.(interface{ CloseWrite() error }).CloseWrite()
		c.hungUp()
		if !clean[n] {
			wantError(t, errs, "EOF")
		}
	}
	for range len(whole) - complete - 5 { // those in which the message was whole
		want(t, recv(t, s), "me", "hi", "")
	}
	select {
	case err := <-errs:
		t.Errorf("one error too many: %v", err)
	default:
	}
}

// What RFC 37 tells to accept, though we would never send it.
func TestLenientPeers(t *testing.T) {
	for _, c := range []struct{ name, greeting, ready string }{
		{"padding of ZMTP 1.0 detection", nullGreeting, ready("DEALER", "me")},
		{"padding without meaning", "\xffpadding!\x7f" + nullGreeting[10:], ready("DEALER", "me")},
		{"ZMTP 3.0", nullGreeting[:11] + "\x00" + nullGreeting[12:], ready("DEALER", "me")},
		{"ZMTP 4.2", nullGreeting[:10] + "\x04\x02" + nullGreeting[12:], ready("DEALER", "me")},
		{"as-server without meaning", nullGreeting[:32] + "\x01" + nullGreeting[33:], ready("DEALER", "me")},
		{"filler", nullGreeting[:63] + "x", ready("DEALER", "me")},
		{"long READY", nullGreeting, "\x06\x00\x00\x00\x00\x00\x00\x00" + ready("DEALER", "me")[1:]},
		{"names in any case", nullGreeting, readyOf(property("sOCKET-tYPE", "DEALER"), property("IDENTITY", "me"))},
		{"other properties", nullGreeting, readyOf(property("X-App", ""), property("Resource", "a/b"), property("Socket-Type", "REQ"), property("Identity", "me"))},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := bind(t, Options{Kind: Router})
			p := dial(t, s)
			p.write(c.greeting + c.ready)
			p.read(64)
			p.frame()
			p.command("WHATISTHIS", "of a later version")
			p.command("PONG", "")
			p.write("\x02\x00\x00\x00\x00\x00\x00\x00\x02hi") // long where short would do
			want(t, recv(t, s), "me", "hi")
		})
	}
}

func TestErrorCommandNamesTheReason(t *testing.T) {
	s := bind(t, Options{Kind: XPub})
	c := dial(t, s)
	c.write(nullGreeting + ready("DEALER\r\n", ""))
	c.read(64)
	reason := `XPUB cannot talk to a socket of type "DEALER\r\n"`
	if f := c.frame(); f != (rawFrame{4, "\x05ERROR" + string([]byte{byte(len(reason))}) + reason}) {
		t.Fatalf("got %+v", f)
	}
	if rest := c.hungUp(); rest != "" {
		t.Fatalf("after ERROR came %q", rest)
	}
}

func TestHandshakeDeadline(t *testing.T) {
	for _, said := range []string{"", "\xff", nullGreeting[:11], nullGreeting, nullGreeting + "\x04\x29\x05RE"} {
		o, errs := hearErrors(Options{Kind: Router, HandshakeTimeout: 50 * time.Millisecond})
		s := bind(t, o)
		c := dial(t, s)
		c.write(said)
		wantError(t, errs, "no handshake within 50ms")
		c.hungUp()
	}
}

// A peer that drips one byte at a time is not silent, but late all the same.
func TestDrippingHandshake(t *testing.T) {
	o, errs := hearErrors(Options{Kind: Router, HandshakeTimeout: 100 * time.Millisecond})
	s := bind(t, o)
	c := dial(t, s)
	for _, b := range []byte(nullGreeting) {
		if _, err := c.Conn.Write([]byte{b}); err != nil {
			break
		}
		select {
		case err := <-errs:
			if !strings.Contains(err.Error(), "no handshake within 100ms") {
				t.Fatal(err)
			}
			return
		case <-time.After(10 * time.Millisecond):
		}
	}
	t.Fatal("640 ms were not too late")
}
