package kernel_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"

	"reprise/kernel/kerneltest"
	"reprise/kernel/wire"
)

// Two clients run cells at once: each gets its own replies, both see everything, cells do not mix.
func TestTwoClients(t *testing.T) {
	_, k, a := start(t)
	b := k.Frontend()
	const each = 15
	asked := map[string]*kerneltest.Frontend{}
	var requests [2][]*wire.Message
	for i := range each {
		for j, f := range []*kerneltest.Frontend{a, b} {
			r := f.Shell(kerneltest.Execute(fmt.Sprintf("print %d.%d", j, i)))
			asked[r.Header.MsgID] = f
			requests[j] = append(requests[j], r)
		}
	}
	for j, f := range []*kerneltest.Frontend{a, b} {
		for _, r := range requests[j] {
			if reply := kerneltest.ShellReply[wire.ExecuteReply](f, r); reply.Status != wire.OK {
				t.Errorf("reply is %+v", reply)
			}
		}
		idle, current := 0, ""
		for idle < 2*each {
			m := f.NextIOPub()
			s, _ := wire.Parse[wire.Status](m)
			switch {
			case m.Type() == "status" && s.ExecutionState == wire.Busy:
				current = m.Parent.MsgID
			case m.Parent.MsgID != current:
				t.Fatalf("%s of another cell in the middle of one", m.Type())
			case m.Type() == "status":
				idle++
			}
		}
	}
}

// A client that goes away in the middle of a cell takes nothing with it.
func TestClientLeavesMidCell(t *testing.T) {
	e, k, stays := start(t)
	leaves := k.Frontend()
	r := leaves.Shell(kerneltest.Execute("hold\nlines 100000\nvalue done"))
	<-e.Started
	leaves.Disconnect()
	e.Release()
	for _, m := range stays.UntilIdle(r) {
		if m.Type() == "execute_result" {
			run(stays, "print next", 2, "next\n")
			return
		}
	}
	t.Error("the cell did not end")
}

// A reader that sleeps loses nothing: the cell waits for it in bounded memory, and control is answered meanwhile.
func TestSlowReader(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e, k, f := start(t)
		slow := k.Memory.Dial()
		const lines = 2_000_000 // 25 MB: more than all queues together hold
		r := f.Shell(kerneltest.Execute(fmt.Sprintf("lines %d\nhold", lines)))
		synctest.Wait() // now everything stands still
		select {
		case <-e.Started:
			t.Fatal("the cell went on though one reader sleeps: its output is kept without bound or dropped")
		default:
		}
		info := f.Control(wire.KernelInfoRequest{})
		kerneltest.ControlReply[wire.KernelInfoReply](f, info)

		late := kerneltest.NewFrontend(t, slow, k.Key) // wakes up
		e.Release()
		for _, reader := range []*kerneltest.Frontend{f, late} {
			n := 0
			for _, m := range outputsOf(reader, r) {
				s, _ := wire.Parse[wire.Stream](m)
				n += strings.Count(s.Text, "\n")
			}
			if n != lines {
				t.Errorf("%d lines arrived; want %d", n, lines)
			}
		}
		kerneltest.ShellReply[wire.ExecuteReply](f, r)
		f.Disconnect()
		late.Disconnect()
	})
}

// outputsOf gives the streams of r until its idle, among whatever else comes.
func outputsOf(f *kerneltest.Frontend, r *wire.Message) (streams []*wire.Message) {
	for {
		m := f.NextIOPub()
		if m.Parent.MsgID != r.Header.MsgID {
			continue
		}
		if m.Type() == "stream" {
			streams = append(streams, m)
		}
		if s, _ := wire.Parse[wire.Status](m); s.ExecutionState == wire.Idle {
			return streams
		}
	}
}
