package kernel

import (
	"context"

	"reprise/kernel/wire"
)

// inspect documents the name at the cursor.
func (k *Kernel) inspect(ctx context.Context, r *request, q wire.InspectRequest) wire.Content {
	b, found, err := k.engine.Inspect(ctx, q.Code, q.Cursor(), q.DetailLevel)
	if err != nil {
		f := asFault(err)
		return wire.Fail(r.Type(), f.Name, f.Message)
	}
	return wire.InspectReply{Status: wire.OK, Found: found, Data: orEmpty(b.Data), Metadata: orEmpty(b.Metadata)}
}
