package runner

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"reprise/kernel/engine"
)

// Progress shows how far a run is: a bar that one line of a terminal holds, or a plain
// line for every finished cell. The nil Progress is silent.
type Progress struct {
	w     io.Writer
	width int // of the terminal; 0: not a terminal

	mu                sync.Mutex
	run               string // what the bar begins with
	total, finished   int
	source, transient string // the first line of the running cell; what the cell says of itself
	began             time.Time
}

// NewProgress writes to w. Width is the terminal's, 0 when w is no terminal.
func NewProgress(w io.Writer, width int) *Progress { return &Progress{w: w, width: width} }

// Name says what the next run is; a plain log needs it between the cells of two runs.
func (p *Progress) Name(text string) {
	if p == nil {
		return
	}
	p.run = text + "  "
	if p.width == 0 {
		fmt.Fprintln(p.w, text)
	}
}

func (p *Progress) start(total int) {
	if p != nil {
		p.total, p.finished = total, 0
	}
}

func (p *Progress) cell(source string) {
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.source, p.transient, p.began = firstLine(source), "", time.Now()
	p.bar()
}

// line shows what the running cell says of its own progress; a plain log would drown in it.
func (p *Progress) line(text string) {
	if p == nil || p.width == 0 {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.transient = text
	p.bar()
}

func (p *Progress) done(fault *engine.Fault) {
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.finished++
	if p.width > 0 {
		p.bar()
		return
	}
	state := "ok"
	if fault != nil {
		state = fault.Name
	}
	fmt.Fprintf(p.w, "cell %*d/%d  %-4s %8.3fs  %s\n", len(fmt.Sprint(p.total)), p.finished, p.total, state, time.Since(p.began).Seconds(), p.source)
}

func (p *Progress) stop() {
	if p != nil && p.width > 0 {
		fmt.Fprint(p.w, "\r\x1b[K")
	}
}

const barWidth = 20

func (p *Progress) bar() {
	if p.width == 0 {
		return
	}
	full := barWidth * p.finished / max(p.total, 1)
	said := p.source
	if p.transient != "" {
		said = p.transient
	}
	line := fmt.Sprintf("%s[%s%s] %d/%d  %s", p.run, strings.Repeat("#", full), strings.Repeat(".", barWidth-full), p.finished, p.total, printable(said))
	if utf8.RuneCountInString(line) >= p.width {
		line = string([]rune(line)[:p.width-1])
	}
	fmt.Fprintf(p.w, "\r%s\x1b[K", line)
}

// printable keeps control characters from moving the cursor.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, s)
}

// firstLine is the first line of a cell that says something.
func firstLine(source string) string {
	for line := range strings.Lines(source) {
		if line = strings.TrimSpace(line); line != "" {
			return line
		}
	}
	return ""
}
