package nb

import (
	"crypto/sha256"
	"fmt"
)

// Upgrade raises an older nbformat 4 to 4.5, which is to give every cell an id of its own: of
// two cells with one id, as a merge leaves them, the second gets another, as nbformat does it.
// Where Python draws ids at random, these follow from the cells, so that the same
// notebook always becomes the same file.
func (n *Notebook) Upgrade() {
	n.Minor = max(n.Minor, 5)
	used := map[string]bool{}
	for _, c := range n.Cells {
		used[c.ID] = true
	}
	seen := map[string]bool{}
	for i, c := range n.Cells {
		if c.ID == "" || seen[c.ID] {
			c.ID = newID(fmt.Sprintf("%d %s %s", i, c.Type, c.Source), used)
		}
		seen[c.ID] = true
	}
}

// newID makes eight hexadecimal digits, as nbformat does, from text.
func newID(text string, used map[string]bool) string {
	for try := 0; ; try++ {
		id := fmt.Sprintf("%x", sha256.Sum256(fmt.Appendf(nil, "%d %s", try, text)))[:8]
		if !used[id] {
			used[id] = true
			return id
		}
	}
}
