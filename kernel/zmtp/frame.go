package zmtp

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// Flags octet of a frame (RFC 37, "Framing").
const (
	flagMore     = 1 << 0
	flagLong     = 1 << 1
	flagCommand  = 1 << 2
	flagReserved = 0xF8
)

// believe is how much memory a length prefix alone may claim, in bytes: beyond
// it a body grows only as it arrives.
const believe = 64 << 10

// frameCost is what a received frame counts toward MaxMessage beside its body,
// in bytes, so that a message of endless empty frames is bounded too.
const frameCost = 64

type frame struct {
	more, command bool
	body          []byte
}

// A frameReader cuts a byte stream into frames.
type frameReader struct{ r *bufio.Reader }

// next reads one frame whose body is at most limit bytes. io.EOF: the stream
// ended between two frames.
func (fr frameReader) next(limit int64) (frame, error) {
	flags, err := fr.r.ReadByte()
	if err != nil {
		return frame{}, err
	}
	f := frame{more: flags&flagMore != 0, command: flags&flagCommand != 0}
	if flags&flagReserved != 0 || f.more && f.command {
		return f, fmt.Errorf("zmtp: bad frame flags %#02x", flags)
	}
	size, err := fr.size(flags&flagLong != 0)
	if err != nil {
		return f, err
	}
	if size > uint64(max(limit, 0)) {
		return f, fmt.Errorf("zmtp: frame of %d bytes, at most %d are allowed", size, max(limit, 0))
	}
	f.body, err = fr.body(int(size))
	return f, err
}

func (fr frameReader) size(long bool) (uint64, error) {
	var b [8]byte
	if !long {
		_, err := io.ReadFull(fr.r, b[7:])
		return uint64(b[7]), inside(err)
	}
	_, err := io.ReadFull(fr.r, b[:])
	return binary.BigEndian.Uint64(b[:]), inside(err)
}

func (fr frameReader) body(size int) ([]byte, error) {
	body := make([]byte, min(size, believe))
	for have := 0; ; {
		n, err := io.ReadFull(fr.r, body[have:])
		have += n
		if err != nil {
			return nil, inside(err)
		}
		if have == size {
			return body, nil
		}
		grown := make([]byte, min(size, 2*have))
		copy(grown, body)
		body = grown
	}
}

// inside turns an end of stream within a frame into what it is.
func inside(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// encodeMessage writes frames as one ZMTP message.
func encodeMessage(frames [][]byte) []byte {
	size := 0
	for _, f := range frames {
		size += 9 + len(f)
	}
	wire := make([]byte, 0, size)
	for i, f := range frames {
		wire = appendFrame(wire, frame{more: i < len(frames)-1, body: f})
	}
	return wire
}

// encodeCommand writes a command frame.
func encodeCommand(name string, data []byte) []byte {
	body := make([]byte, 0, 1+len(name)+len(data))
	body = append(append(append(body, byte(len(name))), name...), data...)
	return appendFrame(nil, frame{command: true, body: body})
}

func appendFrame(dst []byte, f frame) []byte {
	return append(appendFrameHeader(dst, f, len(f.body)), f.body...)
}

func appendFrameHeader(dst []byte, f frame, size int) []byte {
	var flags byte
	if f.more {
		flags |= flagMore
	}
	if f.command {
		flags |= flagCommand
	}
	if size > 255 {
		return binary.BigEndian.AppendUint64(append(dst, flags|flagLong), uint64(size))
	}
	return append(dst, flags, byte(size))
}

// cutFrame takes the first frame off wire, which one of the encoders above wrote.
func cutFrame(wire []byte) (frame, []byte) {
	f := frame{more: wire[0]&flagMore != 0, command: wire[0]&flagCommand != 0}
	size, head := uint64(wire[1]), 2
	if wire[0]&flagLong != 0 {
		size, head = binary.BigEndian.Uint64(wire[1:]), 9
	}
	end := head + int(size)
	f.body = wire[head:end]
	return f, wire[end:]
}

// parseCommand splits a command frame's body into name and data.
func parseCommand(body []byte) (name string, data []byte, err error) {
	if len(body) == 0 || body[0] == 0 || int(body[0]) > len(body)-1 {
		return "", nil, fmt.Errorf("zmtp: malformed command of %d bytes", len(body))
	}
	n := 1 + int(body[0])
	return string(body[1:n]), body[n:], nil
}
