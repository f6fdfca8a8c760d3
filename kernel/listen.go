package kernel

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"strconv"
	"strings"
	"syscall"

	"reprise/kernel/wire"
	"reprise/kernel/zmtp"
)

// Listen binds the five channels that c names. Ports that are 0 are chosen by
// the system; the connection returned has the real ones.
func Listen(c wire.Connection, codec *wire.Codec, log *slog.Logger) (Channels, wire.Connection, error) {
	options := zmtp.Options{PeerError: func(peer net.Addr, err error) {
		log.Log(context.Background(), severity(err), "kernel: connection dropped", "peer", peer, "error", err)
	}}
	if c.CurveSecretKey != "" {
		var err error
		if options.Curve, err = zmtp.ParseCurve(c.CurvePublicKey, c.CurveSecretKey); err != nil {
			return Channels{}, c, fmt.Errorf("kernel: CURVE keys of the connection file: %w", err)
		}
	}
	welcome := Welcome(codec, wire.NewSession("kernel"))
	var bound []*zmtp.Socket
	for _, b := range []struct {
		channel string
		port    *int
		kind    zmtp.Kind
		welcome func([]byte) [][]byte
	}{
		{"shell", &c.ShellPort, zmtp.Router, nil},
		{"control", &c.ControlPort, zmtp.Router, nil},
		{"stdin", &c.StdinPort, zmtp.Router, nil},
		{"iopub", &c.IOPubPort, zmtp.XPub, welcome},
		{"hb", &c.HBPort, zmtp.Rep, nil},
	} {
		o := options
		o.Kind, o.Welcome = b.kind, b.welcome
		s, err := zmtp.Listen(c.Endpoint(*b.port), o)
		if err != nil {
			for _, s := range bound {
				s.Close()
			}
			return Channels{}, c, fmt.Errorf("kernel: cannot bind the %s channel: %w", b.channel, err)
		}
		bound = append(bound, s)
		*b.port = portOf(s.Endpoint(), *b.port)
	}
	return Channels{Shell: bound[0], Control: bound[1], Stdin: bound[2], IOPub: bound[3], Heartbeat: bound[4]}, c, nil
}

// severity keeps quiet about who just leaves: clients do that while they
// connect, and there is nothing to do about it.
func severity(err error) slog.Level {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE) {
		return slog.LevelDebug
	}
	return slog.LevelWarn
}

// portOf is the port of tcp://address:port; of another transport it is what was asked for.
func portOf(endpoint string, asked int) int {
	port, err := strconv.Atoi(endpoint[strings.LastIndexByte(endpoint, ':')+1:])
	if err != nil {
		return asked
	}
	return port
}
