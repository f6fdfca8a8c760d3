package kernel

import (
	"context"
	"fmt"

	"reprise/kernel/wire"
)

func (k *Kernel) createSubshell(context.Context, *request, wire.CreateSubshellRequest) wire.Content {
	return wire.CreateSubshellReply{Status: wire.OK, SubshellID: k.shells.create()}
}

func (k *Kernel) deleteSubshell(_ context.Context, r *request, q wire.DeleteSubshellRequest) wire.Content {
	if !k.shells.remove(q.SubshellID) {
		return wire.Fail(r.Type(), "SubshellNotFound", fmt.Sprintf("there is no subshell %q", q.SubshellID))
	}
	return wire.DeleteSubshellReply{Status: wire.OK}
}

func (k *Kernel) listSubshell(context.Context, *request, wire.ListSubshellRequest) wire.Content {
	return wire.ListSubshellReply{Status: wire.OK, SubshellID: k.shells.list()}
}
