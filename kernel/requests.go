package kernel

import (
	"context"

	"reprise/kernel/wire"
)

// A handler answers one type of request: with the reply, or with nil for a message that has none.
type handler struct {
	run       func(*Kernel, context.Context, *request) wire.Content
	shellOnly bool // may take its time, so control does not wait for it
}

// handlers lists the messages that the kernel understands, each with the
// method that handles it, in handle_*.go. All are served on shell and on
// control alike (old clients send shutdown_request on shell), but for those
// that take their time.
func handlers() map[string]handler {
	return map[string]handler{
		"execute_request":         {on((*Kernel).execute), true},
		"complete_request":        {on((*Kernel).complete), true},
		"inspect_request":         {on((*Kernel).inspect), true},
		"is_complete_request":     {on((*Kernel).isComplete), false},
		"history_request":         {on((*Kernel).historyLines), false},
		"comm_open":               {on((*Kernel).commOpen), false},
		"comm_msg":                {on((*Kernel).commMsg), false},
		"comm_close":              {on((*Kernel).commClose), false},
		"comm_info_request":       {on((*Kernel).commInfo), false},
		"kernel_info_request":     {on((*Kernel).kernelInfo), false},
		"interrupt_request":       {on((*Kernel).interrupt), false},
		"shutdown_request":        {on((*Kernel).shutdown), false},
		"create_subshell_request": {on((*Kernel).createSubshell), false},
		"delete_subshell_request": {on((*Kernel).deleteSubshell), false},
		"list_subshell_request":   {on((*Kernel).listSubshell), false},
		"usage_request":           {on((*Kernel).resourceUsage), false},
	}
}

// on makes a handler of a method that takes a typed content.
func on[C wire.Content](h func(*Kernel, context.Context, *request, C) wire.Content) func(*Kernel, context.Context, *request) wire.Content {
	return func(k *Kernel, ctx context.Context, r *request) wire.Content {
		c, err := wire.Parse[C](r.Message)
		if err != nil {
			return wire.Fail(r.Type(), "BadRequest", err.Error())
		}
		return h(k, ctx, r, c)
	}
}
