package zmtp

import (
	"bufio"
	"bytes"
	"io"
	"net"
	"slices"
	"strings"
	"testing"
	"time"
)

// FuzzGreeting: whatever is accepted as a greeting is 64 bytes and says ZMTP 3 and NULL.
func FuzzGreeting(f *testing.F) {
	f.Add([]byte(nullGreeting))
	f.Add(greeting("NULL", false))
	f.Add(greeting("CURVE", true))
	f.Add([]byte(nullGreeting[:11] + "\x00" + nullGreeting[12:]))
	f.Add([]byte("\xff\x00\x00\x00\x00\x00\x00\x00\x01\x7f\x01\x05"))
	f.Add([]byte("GET / HTTP/1.1\r\n\r\n"))
	f.Fuzz(func(t *testing.T, in []byte) {
		r := bytes.NewReader(in)
		if err := readGreeting(r, "NULL", false); err != nil {
			if !strings.HasPrefix(err.Error(), "zmtp: ") {
				t.Fatalf("error %q", err)
			}
			return
		}
		if read := len(in) - r.Len(); read != 64 || in[0] != 0xFF || in[9] != 0x7F || in[10] < 3 || string(in[12:32]) != "NULL"+strings.Repeat("\x00", 16) {
			t.Fatalf("accepted %q", in)
		}
	})
}

// FuzzFrames: what is read as frames is written back as the same frames, and
// never needs more memory than was sent.
func FuzzFrames(f *testing.F) {
	f.Add([]byte("\x00\x00"))
	f.Add([]byte("\x01\x01a\x00\x02bc"))
	f.Add([]byte("\x04\x05\x04PING"))
	f.Add([]byte("\x02\x00\x00\x00\x00\x00\x00\x00\x03abc"))
	f.Add([]byte("\x02\x00\x00\x00\x00\x80\x00\x00\x00"))
	f.Add([]byte("\x03\xff\xff\xff\xff\xff\xff\xff\xff"))
	f.Add(encodeMessage([][]byte{make([]byte, 300), {}}))
	f.Fuzz(func(t *testing.T, in []byte) {
		fr := frameReader{bufio.NewReader(bytes.NewReader(in))}
		var wire []byte
		for {
			frame, err := fr.next(1 << 40)
			if err != nil {
				break
			}
			if len(frame.body) > len(in) {
				t.Fatalf("%d bytes became a frame of %d", len(in), len(frame.body))
			}
			wire = appendFrame(wire, frame)
		}
		again := frameReader{bufio.NewReader(bytes.NewReader(wire))}
		for rest := wire; len(rest) > 0; {
			var cut frame
			cut, rest = cutFrame(rest)
			read, err := again.next(1 << 40)
			if err != nil || read.more != cut.more || read.command != cut.command || !slices.Equal(read.body, cut.body) {
				t.Fatalf("%q: %+v, %+v, %v", wire, cut, read, err)
			}
		}
		if _, err := again.next(1); err != io.EOF {
			t.Fatalf("after the last frame: %v", err)
		}
	})
}

// FuzzMetadata: parsing never fails but with an error of ours.
func FuzzMetadata(f *testing.F) {
	f.Add([]byte(property("Socket-Type", "DEALER") + property("Identity", "")))
	f.Add([]byte("\x00"))
	f.Add([]byte("\x01a\xff\xff\xff\xff"))
	f.Fuzz(func(t *testing.T, in []byte) {
		m, err := parseMetadata(in)
		if err != nil && !strings.HasPrefix(err.Error(), "zmtp: ") {
			t.Fatalf("error %q", err)
		}
		if len(m.socketType)+len(m.identity) > len(in) {
			t.Fatalf("%q became %+v", in, m)
		}
	})
}

// FuzzPeer: a socket of each kind survives any bytes after a good handshake, and
// lets go of the peer when it hangs up.
func FuzzPeer(f *testing.F) {
	for kind := range 3 {
		f.Add(byte(kind), []byte("\x00\x02hi\x04\x07\x04PING\x00\x00\x01\x01a\x00\x00"))
		f.Add(byte(kind), []byte("\x04\x0a\x09SUBSCRIBE\x04\x07\x06CANCEL\x00\x01\x01\x00\x01\x00"))
		f.Add(byte(kind), []byte("\x06\x00\x00\x00\x00\x00\x00\x00\x05\x04PONG\x08"))
	}
	f.Fuzz(func(t *testing.T, kind byte, in []byte) {
		k := Kind(kind % 3)
		s, err := serveOn(&idleListener{done: make(chan struct{})}, "tcp://none", Options{Kind: k, Linger: -1, MaxMessage: 1 << 16})
		if err != nil {
			t.Fatal(err)
		}
		here, there := net.Pipe()
		there.SetDeadline(time.Now().Add(patience))
		s.admit(here)
		served := make(chan struct{})
		go func() { s.serve(here); close(served) }()
		go io.Copy(io.Discard, there)
		io.WriteString(there, nullGreeting+ready(peerKinds[k][0], "me"))
		there.Write(in)
		there.Close()
		s.Close()
		<-served
	})
}

// An idleListener accepts nothing.
type idleListener struct{ done chan struct{} }

func (l *idleListener) Accept() (net.Conn, error) { <-l.done; return nil, net.ErrClosed }
func (l *idleListener) Close() error              { close(l.done); return nil }
func (l *idleListener) Addr() net.Addr            { return &net.TCPAddr{} }
