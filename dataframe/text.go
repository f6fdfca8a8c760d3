package dataframe

import (
	"strings"
	"unicode/utf8"
)

// Text is the frame as pandas prints it, with the size below. Of more than 60
// rows the first and last 5 are shown, of more than 20 columns 10 and 10.
func Text(df DataFrame) string {
	g := makeGrid(open("Text", df))
	return g.text() + "\n\n[" + describeShape(g.rows, g.columns) + "]"
}

func (g grid) text() string {
	if g.rows == 0 || g.columns == 0 {
		names := make([]string, len(g.shown))
		for i, c := range g.shown {
			names[i] = c.name
		}
		return "Empty DataFrame\nColumns: [" + strings.Join(names, ", ") + "]\nIndex: [" + strings.Join(g.index, ", ") + "]"
	}
	blocks := [][]string{g.indexBlock()}
	for i, c := range g.shown {
		if i == g.columnGap {
			blocks = append(blocks, g.gapBlock())
		}
		blocks = append(blocks, g.columnBlock(c))
	}
	var lines strings.Builder
	for row := range blocks[0] {
		if row > 0 {
			lines.WriteByte('\n')
		}
		for i, b := range blocks {
			if i > 0 {
				lines.WriteByte(' ')
			}
			lines.WriteString(b[row])
		}
	}
	return lines.String()
}

// indexBlock is the labels with their header, set left.
func (g grid) indexBlock() []string {
	lines := []string{""}
	if g.label != "" {
		lines = append(lines, g.label)
	}
	lines = append(lines, g.index...)
	return justify(g.withDots(lines, dotsFor(lines)), false)
}

// columnBlock is one column with its header, set right.
func (g grid) columnBlock(c shownColumn) []string {
	name := c.name
	if c.right {
		name = " " + name
	}
	lines := []string{name}
	if g.label != "" {
		lines = append(lines, "")
	}
	lines = append(lines, c.cells...)
	return justify(g.withDots(lines, dotsFor(lines)), true)
}

// dotsFor is three dots where there is room for more, else two.
func dotsFor(lines []string) string {
	for _, l := range lines {
		if utf8.RuneCountInString(l) > 3 {
			return "..."
		}
	}
	return ".."
}

func (g grid) gapBlock() []string {
	lines := []string{" ..."}
	if g.label != "" {
		lines = append(lines, "")
	}
	for range g.index {
		lines = append(lines, "...")
	}
	return justify(g.withDots(lines, "..."), true)
}

// withDots puts dots in the place of the rows that are left out.
func (g grid) withDots(lines []string, dots string) []string {
	if g.rowGap < 0 {
		return lines
	}
	at := len(lines) - len(g.index) + g.rowGap
	return append(lines[:at:at], append([]string{dots}, lines[at:]...)...)
}

func justify(lines []string, right bool) []string {
	width := 0
	for _, l := range lines {
		width = max(width, utf8.RuneCountInString(l))
	}
	for i, l := range lines {
		blank := strings.Repeat(" ", width-utf8.RuneCountInString(l))
		if right {
			lines[i] = blank + l
		} else {
			lines[i] = l + blank
		}
	}
	return lines
}
