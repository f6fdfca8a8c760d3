package engine

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"reprise/kernel/cell"
	"reprise/kernel/modules"
)

// goMagics are followed by Go: in their line, or below it.
var goMagics = []string{"time", "timeit", "seed", "help"}

// fileMagics are followed by a file name.
var fileMagics = []string{"cd", "load", "writefile"}

// magic completes in a magic's line, and in the Go below a %% line.
func (q *completer) magic() (Completion, error) {
	seg := q.a.Segment
	lead := len(seg.Text) - len(strings.TrimLeft(seg.Text, " \t"))
	head, body, whole := strings.Cut(seg.Text[lead:], "\n")
	from := seg.Offset + lead
	name, _, args := strings.Cut(head, " ")
	bare := strings.TrimLeft(name, "%")
	switch {
	case seg.Kind == cell.Shell:
		q.files(lastWord(q.code[:q.cursor]))
	case whole && seg.Kind == cell.CellMagic && q.cursor > from+len(head):
		if !slices.Contains(goMagics, bare) {
			return q.completion(), nil
		}
		return q.inner(body, from+len(head)+1)
	case q.cursor <= from+len(name):
		q.start = from
		for _, m := range Magics() {
			if m.Name != "!" {
				q.add(m.String(), matchMagic, m.usage())
			}
		}
	case args:
		return q.arguments(bare, head, from)
	}
	return q.completion(), nil
}

func (q *completer) arguments(name, head string, from int) (Completion, error) {
	switch {
	case slices.Contains(fileMagics, name):
		q.files(lastWord(q.code[:q.cursor]))
	case name == "env":
		for _, v := range os.Environ() {
			key, _, _ := strings.Cut(v, "=")
			q.add(key, matchVar, "")
		}
		slices.SortFunc(q.found, func(a, b Match) int { return strings.Compare(a.Text, b.Text) })
	case name == "get":
		typed := lastWord(q.code[:q.cursor])
		q.start = q.cursor - len(typed)
		for _, m := range modules.Cached(context.Background(), typed) {
			q.add(m, matchPath, "")
		}
	case name == "seed":
		q.add("random", matchKeyword, "")
	case name == "who":
		for _, kind := range []string{"var", "const", "func", "type"} {
			q.add(kind, matchKeyword, "")
		}
	case slices.Contains(goMagics, name):
		at := strings.Index(head, " ") + 1
		return q.inner(head[at:], from+at)
	}
	return q.completion(), nil
}

// inner completes in Go text that begins at an offset of the cell.
func (q *completer) inner(text string, at int) (Completion, error) {
	c, err := q.e.Complete(context.Background(), text, q.cursor-at)
	c.Start, c.End = c.Start+at, c.End+at
	return c, err
}

func lastWord(s string) string { return s[strings.LastIndexAny(s, " \t\n")+1:] }

// files proposes how a path goes on. Directories end in a slash.
func (q *completer) files(typed string) {
	dir, base := filepath.Split(typed)
	q.start = q.cursor - len(base)
	open := "."
	if dir != "" {
		var err error
		if open, err = expandHome(dir); err != nil {
			return
		}
	}
	entries, err := os.ReadDir(open)
	if err != nil {
		return // such a directory has no names
	}
	for _, f := range entries {
		name := f.Name()
		if strings.HasPrefix(name, ".") && !strings.HasPrefix(base, ".") {
			continue
		}
		if info, err := os.Stat(filepath.Join(open, name)); err == nil && info.IsDir() {
			name += "/"
		}
		q.add(name, matchPath, "")
	}
}
