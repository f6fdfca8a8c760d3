package worker

import (
	"io"
	"sync"
)

// A sender writes the child's frames in order. A frame is in the pipe when send returns, so that nothing of
// what a cell printed is lost when its next line ends the process; a full pipe holds up whoever writes.
// The front process joins short pieces, see readEvents.
type sender struct {
	mu sync.Mutex
	w  io.Writer
}

func (s *sender) send(k kind, m message) error {
	payload, err := encode(m)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return writeFrame(s.w, k, payload)
}

// stream sends text. It fails only when the front process has gone, and then this process ends too.
func (s *sender) stream(run uint64, name, text string) {
	for len(text) > 0 {
		piece := text[:min(len(text), maxStream)]
		text = text[len(piece):]
		s.mu.Lock()
		err := writeFrame(s.w, kindStream, streamFrame(run, name, piece))
		s.mu.Unlock()
		if err != nil {
			return
		}
	}
}

// maxStream bounds one piece of stream text: the front process holds it whole.
const maxStream = 1 << 20
