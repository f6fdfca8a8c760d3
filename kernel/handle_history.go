package kernel

import (
	"context"
	"fmt"

	"reprise/kernel/wire"
)

// historyLines answers the three ways to ask for history.
func (k *Kernel) historyLines(_ context.Context, r *request, q wire.HistoryRequest) wire.Content {
	var lines []wire.HistoryLine
	var err error
	switch q.HistAccessType {
	case "tail", "":
		lines, err = k.history.Tail(q.N)
	case "range":
		lines, err = k.history.Range(q.Session, q.Start, q.Stop)
	case "search":
		lines, err = k.history.Search(q.Pattern, q.N, q.Unique)
	default:
		err = fmt.Errorf("kernel: unknown hist_access_type %q; tail, range and search are known", q.HistAccessType)
	}
	if err != nil {
		return wire.Fail(r.Type(), "HistoryError", err.Error())
	}
	for i := range lines {
		lines[i].WithOutput = q.Output
	}
	return wire.HistoryReply{Status: wire.OK, History: append([]wire.HistoryLine{}, lines...)}
}
