package diff

import (
	"fmt"
	"io"
	"strings"

	"reprise/kernel/ledger"
	"reprise/notebooks/runner"
)

// WriteText writes a report for people.
func (r *Report) WriteText(w io.Writer) {
	fmt.Fprintf(w, "A  %s\nB  %s\n", r.A, r.B)
	if len(r.Causes) > 0 {
		fmt.Fprintln(w, "\ncauses")
		for _, c := range r.Causes {
			fmt.Fprintln(w, "  "+c.String())
		}
	}
	diff, title := r.Replay, "first difference"
	switch {
	case diff != nil && r.Saved != nil && (diff.A != r.Saved.A || diff.B != r.Saved.B):
		r.Saved.write(w, "first difference as saved")
		title = "first difference when both are run again"
	case diff == nil:
		diff = r.Saved
	}
	if diff != nil {
		diff.write(w, title)
	}
	for _, n := range r.Notes {
		fmt.Fprintf(w, "\n%s\n", n)
	}
	if r.Same {
		fmt.Fprintln(w, "\nno difference")
	} else if diff == nil {
		fmt.Fprintln(w, "\nthe cells differ, and what they give does not")
	}
}

// String is one line.
func (c Cause) String() string {
	text := ""
	if c.Cell != "" {
		text = "cell " + c.Cell + ", "
	}
	text += c.What
	switch {
	case c.Kind == "chance":
		return text + " (in both)"
	case c.A == "":
		return text + ": " + short(c.B)
	case c.B == "":
		return text + ": " + short(c.A)
	}
	a, b := runner.Excerpts(c.A, c.B)
	return fmt.Sprintf("%s: %s -> %s", text, short(a), short(b))
}

// write shows the first cell that differs.
func (c *CellDiff) write(w io.Writer, title string) {
	fmt.Fprintf(w, "\n%s: cell %s", title, c.A)
	if c.B != c.A {
		fmt.Fprintf(w, " of A, %s of B", c.B)
	}
	fmt.Fprintf(w, "  %s\n", short(c.Source))
	if o := c.Output; o != nil {
		a, b := runner.Excerpts(o.Saved, o.Got)
		fmt.Fprintf(w, "  %s\n  A %s\n  B %s\n", o.Where, orNothing(a), orNothing(b))
		if o.Numbers != "" {
			fmt.Fprintf(w, "    %s\n", o.Numbers)
		}
	} else {
		fmt.Fprintln(w, "  the outputs are the same")
	}
	for i, d := range c.Draws {
		if i == 3 {
			fmt.Fprintf(w, "  and %d more streams\n", len(c.Draws)-i)
			break
		}
		fmt.Fprintf(w, "  stream %s: %d and %d words drawn\n", ledger.Draw{Stream: d.Stream}.Name(), d.A, d.B)
	}
	if c.Fit == nil {
		return
	}
	name := "trainings"
	if c.Number > 0 {
		name = fmt.Sprintf("training %d of %d, %s", c.Number, c.Of, c.Fit.Model)
	}
	fmt.Fprintf(w, "  %s: %s\n", name, strings.ReplaceAll(c.Fit.String(), "\n", "\n  "))
}

func orNothing(line string) string {
	if line == "" {
		return "(nothing)"
	}
	return short(line)
}

func short(line string) string {
	const width = 100
	line = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, line)
	if r := []rune(line); len(r) > width {
		return string(r[:width-1]) + "…"
	}
	return line
}
