package kernel

import (
	"context"
	"encoding/json"

	"reprise/kernel/wire"
)

// commOpen takes up a comm. One for a target that nobody serves, or that its target refuses, is closed again.
func (k *Kernel) commOpen(_ context.Context, r *request, q wire.CommOpen) wire.Content {
	c := &Comm{ID: q.CommID, Target: q.TargetName, k: k, parent: &r.Header}
	target, known := k.comms.targets[q.TargetName]
	if !known {
		k.log.Warn("kernel: comm for an unknown target", "target", q.TargetName)
		c.publish(wire.CommClose{CommID: q.CommID, Data: json.RawMessage("{}")}, nil)
		return nil
	}
	var err error
	if c.handler, err = target(c, q.Data, r.Buffers); err != nil {
		k.log.Warn("kernel: comm refused", "target", q.TargetName, "error", err)
		c.publish(wire.CommClose{CommID: q.CommID, Data: json.RawMessage("{}")}, nil)
		return nil
	}
	k.comms.remember(c)
	return nil
}

// commMsg hands on what was said. A comm that was closed meanwhile hears no more.
func (k *Kernel) commMsg(_ context.Context, r *request, q wire.CommMsg) wire.Content {
	if c := k.comms.find(q.CommID); c != nil {
		c.heard(r)
		c.handler.Message(q.Data, r.Buffers)
	}
	return nil
}

func (k *Kernel) commClose(_ context.Context, r *request, q wire.CommClose) wire.Content {
	if c := k.comms.find(q.CommID); c != nil {
		c.heard(r)
		k.comms.forget(q.CommID)
		c.handler.Closed(q.Data)
	}
	return nil
}

func (k *Kernel) commInfo(_ context.Context, _ *request, q wire.CommInfoRequest) wire.Content {
	infos := map[string]wire.CommInfo{}
	for id, c := range k.comms.all() {
		if q.TargetName == "" || q.TargetName == c.Target {
			infos[id] = wire.CommInfo{TargetName: c.Target}
		}
	}
	return wire.CommInfoReply{Status: wire.OK, Comms: infos}
}
