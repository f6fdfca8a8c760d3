package kerneltest

import (
	"encoding/json"

	"reprise/kernel"
)

// EchoComm is a comm target that says again whatever is said to it, buffers and all.
func EchoComm(c *kernel.Comm, data json.RawMessage, buffers [][]byte) (kernel.CommHandler, error) {
	return echoComm{c}, c.Send(data, buffers)
}

type echoComm struct{ comm *kernel.Comm }

func (e echoComm) Message(data json.RawMessage, buffers [][]byte) { e.comm.Send(data, buffers) }

func (e echoComm) Closed(json.RawMessage) {}
