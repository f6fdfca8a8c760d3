package runner

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"reprise/notebooks/nb"
)

// WriteTable shows a line for every code cell with its state in each run, then the first
// difference of every cell that has one.
func WriteTable(w io.Writer, book *nb.Notebook, checks []Check) {
	if len(checks) == 0 || len(checks[0].Cells) == 0 {
		return
	}
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprint(tw, "cell")
	for _, c := range checks {
		fmt.Fprintf(tw, "\t%s", c.Setting)
	}
	fmt.Fprintln(tw, "\t")
	for i, row := range checks[0].Cells {
		fmt.Fprint(tw, label(book.Cells[row.Index], i+1))
		for _, c := range checks {
			fmt.Fprintf(tw, "\t%s", c.Cells[i].State)
		}
		fmt.Fprintf(tw, "\t%s\n", short(firstLine(book.Cells[row.Index].Source)))
	}
	tw.Flush()
	for _, c := range checks {
		for i, cell := range c.Cells {
			if cell.Diff != nil {
				writeDifference(w, label(book.Cells[cell.Index], i+1), c.Setting, cell)
			}
		}
	}
}

// label is what the cell's prompt shows, or its place among the code cells.
func label(c *nb.Cell, place int) string {
	if c.Count != nil {
		return fmt.Sprintf("[%d]", *c.Count)
	}
	return fmt.Sprintf("code cell %d", place)
}

func short(line string) string {
	const width = 50
	if r := []rune(printable(line)); len(r) > width {
		return string(r[:width-1]) + "…"
	}
	return printable(line)
}

func writeDifference(w io.Writer, cell string, s Setting, c CellCheck) {
	fmt.Fprintf(w, "\ncell %s %s (%s): %s\n", cell, c.State, s, c.Diff.Where)
	switch {
	case c.Why != "":
		fmt.Fprintf(w, "  %s\n", c.Why)
	case c.State == Stale:
		fmt.Fprintln(w, "  a cell above it was run after it was; run the notebook from top to bottom")
	}
	saved, got := Excerpts(c.Diff.Saved, c.Diff.Got)
	fmt.Fprintf(w, "- %s\n+ %s\n", orNothing(saved), orNothing(got))
	if c.Diff.Numbers != "" {
		fmt.Fprintf(w, "  %s\n", c.Diff.Numbers)
	}
}

// Excerpts cuts two lines that are too long to be read at once to what stands around the place
// where they part.
func Excerpts(a, b string) (string, string) {
	x, y := []rune(a), []rune(b)
	const before, long = 40, 160
	same := 0
	for same < min(len(x), len(y)) && x[same] == y[same] {
		same++
	}
	cut := func(line []rune) string {
		from, to := 0, len(line)
		head, tail := "", ""
		if same > before && max(len(x), len(y)) > long {
			from, head = same-before, "…"
		}
		if to-from > long {
			to, tail = from+long, "…"
		}
		return head + string(line[from:to]) + tail
	}
	return cut(x), cut(y)
}

func orNothing(line string) string {
	if line == "" {
		return "(nothing)"
	}
	return line
}

// Summary says in one line how the checks came out, and whether every cell was the same.
func Summary(checks []Check) (line string, same bool) {
	count := map[string]int{}
	total := 0
	for _, c := range checks {
		for _, cell := range c.Cells {
			count[cell.State]++
			total++
		}
	}
	var parts []string
	for _, state := range []string{Same, Differs, Missing, Stale, NotRun} {
		if count[state] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", count[state], state))
		}
	}
	if total == 0 {
		return "no cell has code, so there is nothing to compare", true
	}
	return fmt.Sprintf("%d cells in %d runs: %s", total/max(len(checks), 1), len(checks), strings.Join(parts, ", ")), count[Same] == total
}
