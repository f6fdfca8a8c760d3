package kernel_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"reprise/kernel"
	"reprise/kernel/kerneltest"
	"reprise/kernel/wire"
)

// text writes history lines as a client gets them.
func text(lines []wire.HistoryLine, err error) string {
	if err != nil {
		return "error: " + err.Error()
	}
	b, _ := json.Marshal(lines)
	return string(b)
}

// Both kinds of history answer alike; the expected lines are IPython's for the same cells.
func TestHistories(t *testing.T) {
	for name, h := range map[string]kernel.History{
		"memory": kernel.NewMemoryHistory(),
		"file":   kernel.NewFileHistory(filepath.Join(t.TempDir(), "new dir?", "h%#.sqlite"), slog.Default()),
	} {
		t.Run(name, func(t *testing.T) {
			defer h.Close()
			for i, source := range []string{"a := 1", "a + 1", "x[0]", "a := 1"} {
				h.Add(i+1, source)
			}
			h.SetOutput(2, "2")
			stop := 3
			for _, tc := range []struct{ name, got, want string }{
				{"tail 2", text(h.Tail(2)), `[[1,3,"x[0]"],[1,4,"a := 1"]]`},
				{"tail of more than there is", text(h.Tail(99)), `[[1,1,"a := 1"],[1,2,"a + 1"],[1,3,"x[0]"],[1,4,"a := 1"]]`},
				{"range", text(h.Range(0, 2, &stop)), `[[1,2,"a + 1"]]`},
				{"range without end", text(h.Range(1, 3, nil)), `[[1,3,"x[0]"],[1,4,"a := 1"]]`},
				{"range of no session", text(h.Range(-1, 1, nil)), `null`},
				{"search", text(h.Search("a*", 0, false)), `[[1,1,"a := 1"],[1,2,"a + 1"],[1,4,"a := 1"]]`},
				{"search last", text(h.Search("a*", 1, false)), `[[1,4,"a := 1"]]`},
				{"search unique", text(h.Search("a*", 0, true)), `[[1,2,"a + 1"],[1,4,"a := 1"]]`},
				{"search one character", text(h.Search("a ? 1", 0, false)), `[[1,2,"a + 1"]]`},
				{"brackets are brackets", text(h.Search("x[0]", 0, false)), `[[1,3,"x[0]"]]`},
				{"nothing found", text(h.Search("zzz", 0, false)), `null`},
			} {
				if tc.got != tc.want {
					t.Errorf("%s: %s; want %s", tc.name, tc.got, tc.want)
				}
			}
			lines, err := h.Range(0, 2, &stop)
			if err != nil || len(lines) != 1 || lines[0].Output == nil || *lines[0].Output != "2" {
				t.Errorf("output of 2 is %+v, %v", lines, err)
			}
		})
	}
}

func TestHistoryLasts(t *testing.T) {
	path := filepath.Join(t.TempDir(), "history.sqlite")
	for session := 1; session <= 3; session++ {
		h := kernel.NewFileHistory(path, slog.Default())
		if session == 2 {
			h.Close() // nothing was run: no session
			h = kernel.NewFileHistory(path, slog.Default())
		}
		h.Add(1, fmt.Sprintf("session %d", session))
		if session > 1 {
			before := text(h.Range(-1, 1, nil))
			if !strings.Contains(before, fmt.Sprintf("session %d", session-1)) {
				t.Errorf("the session before %d holds %s", session, before)
			}
		}
		h.Close()
	}
	h := kernel.NewFileHistory(path, slog.Default())
	defer h.Close()
	if got := text(h.Search("session*", 2, false)); !strings.Contains(got, "session 2") || !strings.Contains(got, "session 3") || strings.Contains(got, "session 1") {
		t.Errorf("search over sessions: %s", got)
	}
}

// Many cells in many kernels at once, on one file: none is lost.
func TestHistoryIsShared(t *testing.T) {
	path := filepath.Join(t.TempDir(), "history.sqlite")
	const kernels, cells = 3, 200
	done := make(chan string)
	for range kernels {
		go func() {
			h := kernel.NewFileHistory(path, slog.Default())
			for i := range cells {
				h.Add(i+1, "x")
			}
			lines, err := h.Range(0, 1, nil)
			h.Close()
			done <- fmt.Sprint(len(lines), err)
		}()
	}
	for range kernels {
		if got, want := <-done, fmt.Sprint(cells, nil); got != want {
			t.Errorf("a kernel has %s; want %s", got, want)
		}
	}
	h := kernel.NewFileHistory(path, slog.Default())
	defer h.Close()
	if lines, err := h.Tail(0); err != nil || len(lines) != kernels*cells {
		t.Errorf("%d cells in the file, %v; want %d", len(lines), err, kernels*cells)
	}
}

func TestHistoryThatCannotBeOpened(t *testing.T) {
	path := filepath.Join(t.TempDir(), "history.sqlite")
	if err := os.WriteFile(path, []byte(strings.Repeat("this is not a database\n", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	h := kernel.NewFileHistory(path, slog.New(slog.NewTextHandler(&log, nil)))
	h.Add(1, "a")
	if got := text(h.Tail(1)); got != `[[1,1,"a"]]` {
		t.Errorf("tail is %s", got)
	}
	h.Close()
	if !strings.Contains(log.String(), "this session only") || !strings.Contains(log.String(), path) {
		t.Errorf("the log says %q; want the file and what it means", &log)
	}
}

func TestHistoryRequests(t *testing.T) {
	_, _, f := start(t)
	run(f, "print a", 1, "a\n")
	r := f.Shell(kerneltest.Execute("value 7"))
	f.UntilIdle(r)
	f.DrainShell()
	reply := ask[wire.HistoryReply](f, wire.HistoryRequest{HistAccessType: "tail", N: 2, Output: true})
	if got := text(reply.History, nil); got != `[[1,1,["print a",null]],[1,2,["value 7","7"]]]` {
		t.Errorf("history is %s", got)
	}
	if reply := ask[wire.HistoryReply](f, wire.HistoryRequest{HistAccessType: "search", Pattern: "none"}); reply.History == nil {
		t.Error("nothing found is null; want []")
	}
}

func FuzzGlob(f *testing.F) {
	f.Add("a*b?", "axxbz")
	f.Add("***", "")
	f.Fuzz(func(t *testing.T, pattern, source string) {
		h := kernel.NewMemoryHistory()
		h.Add(1, source)
		found, err := h.Search(pattern, 0, false)
		if err != nil {
			t.Fatal(err)
		}
		if all, _ := h.Search("*"+pattern+"*", 0, false); len(found) > len(all) {
			t.Fatalf("%q matches %q but *%s* does not", pattern, source, pattern)
		}
		if pattern != "" && !strings.ContainsAny(pattern, "*?") && (len(found) == 1) != (string([]rune(pattern)) == string([]rune(source))) {
			t.Fatalf("%q against %q: %d", pattern, source, len(found))
		}
	})
}
