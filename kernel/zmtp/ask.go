package zmtp

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"slices"
	"strings"
)

// Ask connects to the ROUTER at endpoint as a
// DEALER, sends it one message, and returns its answer: all that a bound socket
// cannot do. The deadline of ctx bounds it. There is no encryption.
func Ask(ctx context.Context, endpoint string, frames [][]byte) ([][]byte, error) {
	transport, addr, _ := strings.Cut(endpoint, "://")
	network, known := map[string]string{"tcp": "tcp", "ipc": "unix"}[transport]
	if !known {
		return nil, fmt.Errorf("zmtp: unknown transport in %q; want tcp:// or ipc://", endpoint)
	}
	var d net.Dialer
	conn, err := d.DialContext(ctx, network, addr)
	if err != nil {
		return nil, fmt.Errorf("zmtp: cannot connect to %s: %w", endpoint, err)
	}
	defer conn.Close()
	stop := context.AfterFunc(ctx, func() { conn.Close() })
	defer stop()
	answer, err := ask(conn, frames)
	if err != nil {
		return nil, errors.Join(ctx.Err(), fmt.Errorf("zmtp: %s: %w", endpoint, err))
	}
	return answer, nil
}

func ask(conn net.Conn, frames [][]byte) ([][]byte, error) {
	if _, err := conn.Write(greeting(null{}.name(), false)); err != nil {
		return nil, err
	}
	if err := readGreeting(conn, null{}.name(), false); err != nil {
		return nil, err
	}
	l := &link{conn: conn, kind: asker, reader: frameReader{bufio.NewReader(conn)}}
	if err := l.send(encodeCommand("READY", encodeMetadata(asker))); err != nil {
		return nil, err
	}
	data, err := l.expect("READY")
	if err != nil {
		return nil, err
	}
	meta, err := parseMetadata(data)
	if err != nil {
		return nil, err
	}
	if !slices.Contains([]string{"ROUTER", "DEALER"}, meta.socketType) {
		return nil, fmt.Errorf("a DEALER cannot talk to a socket of type %q", meta.socketType)
	}
	if err := l.send(encodeMessage(frames)); err != nil {
		return nil, err
	}
	return l.message()
}

// message reads one message of at most maxCommand bytes. Commands between its
// frames mean nothing to who only asks once.
func (l *link) message() (frames [][]byte, err error) {
	for left := int64(maxCommand); ; {
		f, err := l.reader.next(left)
		if err != nil {
			return nil, inside(err)
		}
		left -= int64(len(f.body)) + frameCost
		if f.command {
			continue
		}
		frames = append(frames, f.body)
		if !f.more {
			return frames, nil
		}
	}
}
