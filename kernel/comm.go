package kernel

import (
	"encoding/json"
	"fmt"
	"maps"
	"sync"

	"reprise/kernel/wire"
)

// A CommTarget takes up a comm that a front end opened. An error refuses it.
type CommTarget func(c *Comm, data json.RawMessage, buffers [][]byte) (CommHandler, error)

// A CommHandler hears what the front end says on a comm.
type CommHandler interface {
	Message(data json.RawMessage, buffers [][]byte)
	Closed(data json.RawMessage)
}

// A Comm is a line between an object in the front end and one in the kernel.
type Comm struct {
	ID, Target string
	k          *Kernel
	handler    CommHandler
	mu         sync.Mutex
	parent     *wire.Header // the last request on it: what the kernel says now belongs to that
}

// Send says something to the front end.
func (c *Comm) Send(data any, buffers [][]byte) error {
	raw, err := json.Marshal(data)
	if err != nil {
		return fmt.Errorf("kernel: comm %s: %w", c.ID, err)
	}
	return c.publish(wire.CommMsg{CommID: c.ID, Data: raw}, buffers)
}

// Close ends the comm.
func (c *Comm) Close(data any) error {
	raw, err := json.Marshal(data)
	if err != nil {
		return fmt.Errorf("kernel: comm %s: %w", c.ID, err)
	}
	c.k.comms.forget(c.ID)
	return c.publish(wire.CommClose{CommID: c.ID, Data: raw}, nil)
}

func (c *Comm) publish(content wire.Content, buffers [][]byte) error {
	c.mu.Lock()
	m := c.k.session.Child(c.parent, content)
	c.mu.Unlock()
	m.Buffers = buffers
	return c.k.iopub.send(m, true)
}

func (c *Comm) heard(r *request) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.parent = &r.Header
}

// OpenComm opens a comm from the kernel's side.
func (k *Kernel) OpenComm(target string, data any, buffers [][]byte, h CommHandler) (*Comm, error) {
	raw, err := json.Marshal(data)
	if err != nil {
		return nil, fmt.Errorf("kernel: comm to %s: %w", target, err)
	}
	c := &Comm{ID: wire.NewSession("").ID, Target: target, k: k, handler: h}
	k.comms.remember(c)
	return c, c.publish(wire.CommOpen{CommID: c.ID, TargetName: target, Data: raw}, buffers)
}

// comms are the open comms and the targets of those to come.
type comms struct {
	k       *Kernel
	targets map[string]CommTarget
	mu      sync.Mutex
	open    map[string]*Comm
}

func newComms(k *Kernel, targets map[string]CommTarget) *comms {
	return &comms{k: k, targets: targets, open: map[string]*Comm{}}
}

func (cs *comms) remember(c *Comm) {
	cs.mu.Lock()
	defer cs.mu.Unlock()
	cs.open[c.ID] = c
}

func (cs *comms) forget(id string) {
	cs.mu.Lock()
	defer cs.mu.Unlock()
	delete(cs.open, id)
}

// find gives an open comm, or nil.
func (cs *comms) find(id string) *Comm {
	cs.mu.Lock()
	defer cs.mu.Unlock()
	return cs.open[id]
}

func (cs *comms) all() map[string]*Comm {
	cs.mu.Lock()
	defer cs.mu.Unlock()
	return maps.Clone(cs.open)
}
