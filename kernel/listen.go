package kernel

import (
	"fmt"
	"log/slog"
	"net"

	"reprise/kernel/wire"
	"reprise/kernel/zmtp"
)

// Listen binds the five channels that a connection file names.
func Listen(c wire.Connection, codec *wire.Codec, log *slog.Logger) (Channels, error) {
	session := wire.NewSession("kernel")
	base := zmtp.Options{PeerError: func(peer net.Addr, err error) {
		log.Warn("kernel: connection dropped", "peer", peer, "error", err)
	}}
	if c.CurveSecretKey != "" {
		var err error
		if base.Curve, err = zmtp.ParseCurve(c.CurvePublicKey, c.CurveSecretKey); err != nil {
			return Channels{}, fmt.Errorf("kernel: CURVE keys of the connection file: %w", err)
		}
	}
	var bound []*zmtp.Socket
	for _, p := range []struct {
		channel string
		port    int
		kind    zmtp.Kind
	}{
		{"shell", c.ShellPort, zmtp.Router},
		{"control", c.ControlPort, zmtp.Router},
		{"stdin", c.StdinPort, zmtp.Router},
		{"iopub", c.IOPubPort, zmtp.XPub},
		{"hb", c.HBPort, zmtp.Rep},
	} {
		o := base
		o.Kind = p.kind
		if p.kind == zmtp.XPub {
			o.Welcome = Welcome(codec, session)
		}
		s, err := zmtp.Listen(c.Endpoint(p.port), o)
		if err != nil {
			for _, s := range bound {
				s.Close()
			}
			return Channels{}, fmt.Errorf("kernel: cannot bind the %s channel: %w", p.channel, err)
		}
		bound = append(bound, s)
	}
	return Channels{Shell: bound[0], Control: bound[1], Stdin: bound[2], IOPub: bound[3], Heartbeat: bound[4]}, nil
}
