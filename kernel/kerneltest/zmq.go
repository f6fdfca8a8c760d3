package kerneltest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/go-zeromq/zmq4"

	"reprise/kernel/wire"
)

// DialZMQ connects a client over ZeroMQ: of any kernel that serves c, or will
// before ctx ends, with a ZeroMQ library that is not the kernel's own.
func DialZMQ(ctx context.Context, c wire.Connection) (*Client, error) {
	session := wire.NewSession("")
	id := zmq4.WithID(zmq4.SocketIdentity(session.ID)) // shell and stdin must have the same
	retry := zmq4.WithDialerRetry(time.Millisecond)
	client := &Client{}
	for _, s := range []struct {
		channel string
		port    int
		socket  zmq4.Socket
		into    *Socket
	}{
		{"shell", c.ShellPort, zmq4.NewDealer(ctx, id, retry), &client.Shell},
		{"control", c.ControlPort, zmq4.NewDealer(ctx, id, retry), &client.Control},
		{"stdin", c.StdinPort, zmq4.NewDealer(ctx, id, retry), &client.Stdin},
		{"iopub", c.IOPubPort, zmq4.NewSub(ctx, retry), &client.IOPub},
		{"hb", c.HBPort, zmq4.NewReq(ctx, retry), &client.Heartbeat},
	} {
		err := s.socket.Dial(c.Endpoint(s.port))
		for err != nil && ctx.Err() == nil {
			err = s.socket.Dial(c.Endpoint(s.port)) // the kernel is still starting
		}
		if err == nil && s.channel == "iopub" {
			err = s.socket.SetOption(zmq4.OptionSubscribe, "")
		}
		if err != nil {
			return nil, fmt.Errorf("kerneltest: %s channel: %w", s.channel, err)
		}
		*s.into = newZMQSocket(s.socket)
	}
	return client, nil
}

// zmqSocket gives zmq4's socket deadlines: Recv and Send of its own have none.
type zmqSocket struct {
	socket   zmq4.Socket
	received chan [][]byte
	done     chan struct{}
	failed   error // why it was closed; set before done is closed
	once     sync.Once
}

func newZMQSocket(s zmq4.Socket) *zmqSocket {
	z := &zmqSocket{socket: s, received: make(chan [][]byte, 1024), done: make(chan struct{})}
	if s.Type() == zmq4.Req {
		return z // REQ may only receive after it has sent
	}
	go func() {
		for {
			m, err := s.Recv()
			if err != nil {
				z.failed = err
				z.Close()
				return
			}
			select {
			case z.received <- m.Frames:
			case <-z.done:
				return
			}
		}
	}()
	return z
}

func (z *zmqSocket) Recv(ctx context.Context) ([][]byte, error) {
	m, err := take(ctx, z.received, z.done, nil)
	if errors.Is(err, errClosed) {
		err = errors.Join(err, z.failed)
	}
	return m, err
}

func (z *zmqSocket) Send(ctx context.Context, frames [][]byte) error {
	if err := z.socket.SendMulti(zmq4.NewMsgFrom(frames...)); err != nil {
		return err
	}
	if z.socket.Type() == zmq4.Req {
		go func() {
			if m, err := z.socket.Recv(); err == nil {
				z.received <- m.Frames
			}
		}()
	}
	return nil
}

func (z *zmqSocket) Close() error {
	z.once.Do(func() { close(z.done); z.socket.Close() })
	return nil
}
