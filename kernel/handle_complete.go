package kernel

import (
	"context"

	"reprise/kernel/wire"
)

// complete proposes how the name at the cursor goes on. No proposal is an answer, not an error.
func (k *Kernel) complete(ctx context.Context, r *request, q wire.CompleteRequest) wire.Content {
	c, err := k.engine.Complete(ctx, q.Code, q.Cursor())
	if err != nil {
		f := asFault(err)
		return wire.Fail(r.Type(), f.Name, f.Message)
	}
	start, end := wire.CodePoints(q.Code, c.Start), wire.CodePoints(q.Code, c.End)
	matches := make([]string, len(c.Matches))
	types := make([]wire.CompletionType, len(c.Matches))
	for i, m := range c.Matches {
		matches[i] = m.Text
		types[i] = wire.CompletionType{Start: start, End: end, Text: m.Text, Type: m.Type, Signature: m.Signature}
	}
	return wire.CompleteReply{
		Status: wire.OK, Matches: matches, CursorStart: start, CursorEnd: end,
		Metadata: map[string]any{wire.CompletionTypes: types},
	}
}
