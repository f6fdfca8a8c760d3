package worker

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"

	"reprise/kernel/display"
	"reprise/kernel/engine"
)

// A kind says what a frame is about.
type kind byte

const (
	// control: front process to child
	kindRun       kind = iota + 1
	kindInterrupt      // the cell ID only; an older one has ended
	kindAnswer         // to kindInput
	kindComplete
	kindInspect
	kindExpr
	kindClose
	kindReturn // to kindCall

	// events: child to front process
	kindReady  // the engine is there, or Err says why not
	kindStream // not JSON: see streamFrame
	kindDisplay
	kindClear
	kindProgress
	kindPage
	kindNextInput
	kindInput
	kindInputGone // nobody waits for the answer any more
	kindOutcome
	kindCall // the child asks the program that started it, not the person

	// replies: child to front process
	kindReply
)

// A message is the content of every frame but kindStream. Each kind uses the few fields it needs.
type message struct {
	ID         uint64             `json:"id,omitempty"`    // of the run; of the request for replies
	Input      uint64             `json:"input,omitempty"` // of the question
	Cell       *engine.Cell       `json:"cell,omitempty"`
	Text       string             `json:"text,omitempty"` // code, line, prompt, answer or display id
	Cursor     int                `json:"cursor,omitempty"`
	Detail     int                `json:"detail,omitempty"`
	Flag       bool               `json:"flag,omitempty"` // update, wait, replace, password, found
	Bundle     *display.Bundle    `json:"bundle,omitempty"`
	Completion *engine.Completion `json:"completion,omitempty"`
	Outcome    *engine.Outcome    `json:"outcome,omitempty"`
	Fault      *engine.Fault      `json:"fault,omitempty"`
	Data       json.RawMessage    `json:"data,omitempty"` // of a call or its answer
	Err        string             `json:"err,omitempty"`
	NoInput    bool               `json:"no_input,omitempty"` // Err is engine.ErrNoInput
	Marked     [2]bool            `json:"marked,omitempty"`   // a mark was written to fd 1, fd 2
}

// maxFrame bounds what one frame may hold: 1 GiB.
const maxFrame = 1 << 30

const headerSize = 5 // payload length, 4 bytes little-endian; kind

func writeFrame(w io.Writer, k kind, payload []byte) error {
	if len(payload) > maxFrame {
		return fmt.Errorf("worker: frame of %d bytes, at most %d are possible", len(payload), maxFrame)
	}
	buf := make([]byte, headerSize, headerSize+len(payload))
	binary.LittleEndian.PutUint32(buf, uint32(len(payload)))
	buf[4] = byte(k)
	_, err := w.Write(append(buf, payload...))
	return err
}

func readFrame(r *bufio.Reader) (kind, []byte, error) {
	var head [headerSize]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return 0, nil, err
	}
	n := binary.LittleEndian.Uint32(head[:])
	if n > maxFrame {
		return 0, nil, fmt.Errorf("worker: frame of %d bytes, at most %d are possible", n, maxFrame)
	}
	payload := make([]byte, n)
	_, err := io.ReadFull(r, payload)
	return kind(head[4]), payload, err
}

func encode(m message) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(m)
	return b.Bytes(), err
}

// decode keeps numbers of JSON bundles as they were written.
func decode(payload []byte) (message, error) {
	var m message
	d := json.NewDecoder(bytes.NewReader(payload))
	d.UseNumber()
	err := d.Decode(&m)
	return m, err
}

// A streamFrame's payload is the run (8 bytes), 1 for stdout or 2 for stderr, and the text as it is:
// JSON would replace bytes that are not UTF-8, and one character may come in two pieces.
func streamFrame(run uint64, name, text string) []byte {
	b := binary.LittleEndian.AppendUint64(make([]byte, 0, 9+len(text)), run)
	if name == engine.Stderr {
		b = append(b, 2)
	} else {
		b = append(b, 1)
	}
	return append(b, text...)
}

func parseStream(payload []byte) (run uint64, name string, text []byte, err error) {
	if len(payload) < 9 {
		return 0, "", nil, fmt.Errorf("worker: stream frame of %d bytes", len(payload))
	}
	name = engine.Stdout
	if payload[8] == 2 {
		name = engine.Stderr
	}
	return binary.LittleEndian.Uint64(payload), name, payload[9:], nil
}
