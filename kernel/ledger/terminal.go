package ledger

import (
	"slices"
	"strings"
)

// Overwrite shows a text as JupyterLab saves it: a carriage return goes back to the line's
// start, a backspace one character, and text overwrites what stood there. It follows
// processText of JupyterLab's outputarea/src/model.ts (4.6).
func Overwrite(text string) string {
	var done strings.Builder
	var line []rune
	at := 0
	for _, r := range text {
		switch r {
		case '\n':
			done.WriteString(string(line) + "\n")
			line, at = line[:0], 0
		case '\r':
			at = 0
		case '\b':
			if at > 0 {
				// JupyterLab also drops the character under the cursor.
				line = slices.Delete(line, at-1, min(at+1, len(line)))
				at--
			}
		default:
			if at == len(line) {
				line = append(line, r)
			} else {
				line[at] = r
			}
			at++
		}
	}
	return done.String() + string(line)
}
