//go:build oracle

package engine_test

import (
	"fmt"
	"os"
	"sort"
	"strings"
	"testing"
)

// A failList is a file that names the programs that fail, a line each: a name, a blank, and why.
// What stands before the colon of the reason is its kind. The list may only shrink.
type failList struct {
	file, head string
	why        map[string]string
}

func readFails(t *testing.T, file, head string) *failList {
	l := &failList{file: file, head: head, why: map[string]string{}}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		if name, why, ok := strings.Cut(strings.TrimSpace(line), " "); ok && name != "#" {
			l.why[name] = strings.TrimSpace(why)
		}
	}
	return l
}

// is reports whether a program is listed for one of some kinds of reason.
func (l *failList) is(name string, kinds ...string) bool {
	for _, kind := range kinds {
		if l.why[name] == kind || strings.HasPrefix(l.why[name], kind+":") {
			return true
		}
	}
	return false
}

// judge holds what failed against the list: a program that fails and is not in it fails the test, as
// does one that is in it and passes, unless the list calls it unsteady. It returns how many passed.
func (l *failList) judge(t *testing.T, ran []job, failed map[string]string, show bool) int {
	passed := 0
	for _, j := range ran {
		why, listed := l.why[j.name]
		switch {
		case failed[j.name] != "" && !listed:
			t.Errorf("%s fails: %s", j.name, failed[j.name])
		case failed[j.name] == "" && listed && !l.is(j.name, "unsteady"):
			t.Errorf("%s passes: take it out of %s (%s)", j.name, l.file, why)
		case failed[j.name] == "":
			passed++
		case show:
			t.Logf("%s fails: %s", j.name, failed[j.name])
		}
	}
	return passed
}

// check reports lines of the list that name none of the programs there are.
func (l *failList) check(t *testing.T, all []job) {
	there := map[string]bool{}
	for _, j := range all {
		there[j.name] = true
	}
	for _, name := range sortedKeys(l.why) {
		if !there[name] {
			t.Errorf("%s names %s, which there is not", l.file, name)
		}
	}
}

// kinds counts the lines of the list by the kind of their reason.
func (l *failList) kinds() string {
	count := map[string]int{}
	for _, why := range l.why {
		kind, _, _ := strings.Cut(why, ":")
		count[kind]++
	}
	var list []string
	for _, kind := range sortedKeys(count) {
		list = append(list, fmt.Sprintf("%d %s", count[kind], kind))
	}
	return strings.Join(list, ", ")
}

// write puts what failed into the list; new lines say how.
func (l *failList) write(t *testing.T, all, ran []job, failed map[string]string) {
	for _, j := range ran {
		if failed[j.name] == "" && !l.is(j.name, "unsteady") {
			delete(l.why, j.name)
		} else if failed[j.name] != "" && l.why[j.name] == "" {
			l.why[j.name] = failed[j.name]
		}
	}
	var b strings.Builder
	b.WriteString("# " + l.head + "\n")
	var names []string
	for _, j := range all {
		names = append(names, j.name)
	}
	sort.Strings(names)
	for _, name := range names {
		if why, ok := l.why[name]; ok {
			fmt.Fprintf(&b, "%s %s\n", name, why)
		}
	}
	if err := os.WriteFile(l.file, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}
