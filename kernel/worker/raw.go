package worker

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"time"
	"unicode/utf8"
)

// mark is what the child writes to its raw file descriptors when a run has ended. No text looks like it by accident.
func mark(run uint64) []byte {
	return fmt.Appendf(nil, "\x00\x1breprise:end-of-run:%016x\x1b\x00", run)
}

var (
	markStart = []byte("\x00\x1breprise:end-of-run:")
	markSize  = len(mark(0))
)

// lastWords are how the runtime begins to tell that it ends the process.
var lastWords = [][]byte{
	[]byte("fatal error: "), []byte("panic: "), []byte("runtime: "), []byte("unexpected fault address "),
	[]byte("SIG"), []byte("[signal SIG"),
}

// holdLimit is how much of what may be last words waits for the process's end, or for the run's.
const holdLimit = 1 << 20

// A raw reads one of the child's raw file descriptors. Text goes to show in whole characters; marks go
// to marked; what looks like the runtime's last words is held back, to be told in short when the child is dead.
type raw struct {
	show   func(text string)
	marked func(run uint64)
	holds  bool // this is stderr

	buf     []byte
	atStart bool // buf starts a line
	holding bool
}

// pipeLimit is the most that a pipe holds of what a dead child wrote.
const pipeLimit = 1 << 20

// read returns at the end of f, or at its deadline when all that had been written before is read. What
// rest returns then are the last words.
func (r *raw) read(f *os.File) {
	r.atStart = true
	chunk := make([]byte, 64<<10)
	overtime := 0
	for {
		n, err := f.Read(chunk)
		r.buf = append(r.buf, chunk[:n]...)
		r.advance()
		late := errors.Is(err, os.ErrDeadlineExceeded)
		if late && overtime < pipeLimit {
			// A reader that was kept waiting by its Output finds the deadline passed and the pipe full.
			f.SetReadDeadline(time.Now().Add(10 * time.Millisecond))
			n, err = f.Read(chunk)
			r.buf = append(r.buf, chunk[:n]...)
			r.advance()
			overtime += n
		}
		if err != nil {
			break
		}
	}
	if !r.holding {
		r.emit(len(r.buf))
	}
}

func (r *raw) rest() string { return string(r.buf) }

func (r *raw) advance() {
	for {
		at := bytes.Index(r.buf, markStart)
		if at < 0 || len(r.buf)-at < markSize {
			break
		}
		var run uint64
		_, err := fmt.Sscanf(string(r.buf[at+len(markStart):at+markSize]), "%016x", &run)
		r.holding = false
		r.emit(at)
		r.buf = r.buf[min(markSize, len(r.buf)):]
		r.atStart = true
		if err == nil {
			r.marked(run)
		}
	}
	r.flush()
}

// flush shows what is certain to be neither a mark's beginning, nor last words, nor half a character.
func (r *raw) flush() {
	r.holding = false
	n := len(r.buf) - markPrefix(r.buf)
	if r.holds && len(r.buf) < holdLimit {
		if at := r.words(n); at >= 0 {
			n, r.holding = at, true
		}
	}
	if !r.holding {
		n -= partialRune(r.buf[:n])
	}
	r.emit(n)
}

// words finds the first line in the buffer that may begin the last words.
func (r *raw) words(n int) int {
	start := r.atStart
	for at := 0; at < n; {
		if start {
			for _, w := range lastWords {
				if line := r.buf[at:n]; bytes.HasPrefix(line, w) || bytes.HasPrefix(w, line) {
					return at
				}
			}
		}
		nl := bytes.IndexByte(r.buf[at:n], '\n')
		if nl < 0 {
			break
		}
		at, start = at+nl+1, true
	}
	return -1
}

func (r *raw) emit(n int) {
	if n == 0 {
		return
	}
	text := string(r.buf[:n])
	r.atStart = text[n-1] == '\n'
	r.buf = r.buf[:copy(r.buf, r.buf[n:])]
	r.show(text)
}

// markPrefix is how many bytes at the end of b may begin a mark.
func markPrefix(b []byte) int {
	if at := bytes.LastIndex(b, markStart); at >= 0 && len(b)-at < markSize {
		return len(b) - at
	}
	for n := min(len(markStart), len(b)); n > 0; n-- {
		if bytes.HasPrefix(markStart, b[len(b)-n:]) {
			return n
		}
	}
	return 0
}

// partialRune is how many bytes at the end of b begin a character that isn't complete.
func partialRune(b []byte) int {
	for n := 1; n < utf8.UTFMax && n <= len(b); n++ {
		if c := b[len(b)-n]; utf8.RuneStart(c) {
			if !utf8.FullRune(b[len(b)-n:]) {
				return n
			}
			return 0
		}
	}
	return 0
}
