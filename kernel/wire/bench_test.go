package wire

import "testing"

// What a kernel does with a trivial cell: it reads one message and writes five.
func BenchmarkTrivialCell(b *testing.B) {
	codec, client, kernel := NewCodec("key"), NewSession("client"), NewSession("kernel")
	b.ReportAllocs()
	for b.Loop() {
		frames, err := codec.Encode(client.Request(ExecuteRequest{Code: "1 + 1"}))
		if err != nil {
			b.Fatal(err)
		}
		m, err := codec.Decode(frames)
		if err != nil {
			b.Fatal(err)
		}
		for _, answer := range []*Message{
			kernel.Child(&m.Header, Status{Busy}), kernel.Child(&m.Header, ExecuteInput{"1 + 1", 1}),
			kernel.Child(&m.Header, ExecuteResult{1, object{"text/plain": "2"}, object{}}),
			kernel.Reply(m, ExecuteReply{Status: OK}), kernel.Child(&m.Header, Status{Idle}),
		} {
			if _, err := codec.Encode(answer); err != nil {
				b.Fatal(err)
			}
		}
	}
}
