package kernel_test

import (
	"strings"
	"testing"

	"reprise/kernel/display"
	"reprise/kernel/kerneltest"
	"reprise/kernel/wire"
)

// saved is what a notebook keeps of a cell: it obeys clear_output and
// update_display_data as nbclient does, and merges neighbouring text.
func saved(t *testing.T, messages []*wire.Message) (outputs []string, progressSeen []string) {
	t.Helper()
	clearing := false
	ids := map[string]int{}
	put := func(s, id string) {
		if clearing {
			outputs, clearing = nil, false
		}
		if n := len(outputs); id == "" && n > 0 && strings.HasPrefix(s, "stdout ") && strings.HasPrefix(outputs[n-1], "stdout ") {
			outputs[n-1] += strings.TrimPrefix(s, "stdout ")
			return
		}
		outputs = append(outputs, s)
		if id != "" {
			ids[id] = len(outputs) - 1
		}
	}
	for _, m := range messages {
		switch m.Type() {
		case "stream":
			s, _ := wire.Parse[wire.Stream](m)
			put(s.Name+" "+s.Text, "")
		case "display_data", "update_display_data":
			d, _ := wire.Parse[wire.DisplayData](m)
			text := d.Data[display.Text].(string)
			if strings.HasPrefix(d.Transient.DisplayID, "progress-") {
				progressSeen = append(progressSeen, text)
			}
			if m.Type() == "display_data" {
				put(text, d.Transient.DisplayID)
			} else if i, known := ids[d.Transient.DisplayID]; known {
				outputs[i] = text
			}
		case "clear_output":
			c, _ := wire.Parse[wire.ClearOutput](m)
			if clearing = c.Wait; !c.Wait {
				outputs = nil
			}
		}
	}
	return outputs, progressSeen
}

func TestProgressIsSeenButNotSaved(t *testing.T) {
	big := strings.Repeat("x", 1<<20)
	for _, tc := range []struct{ name, code, want, seen string }{
		{"alone", "progress 1\nprogress 2", "", "1"},
		{"ended", "progress 1\nprogress\nprint a", "stdout a\n", "1"},
		{"after text", "print a\nprogress 1\nprint b\nprogress", "stdout a\nb\n", "1"},
		{"between displays", "show d x\nprogress 1\nupdate d y\nshow e z", "y|z", "1"},
		{"twice", "progress 1\nprint a\nprogress\nprogress 2\nprint b", "stdout a\nb\n", "1|2"},
		{"cleared", "print a\nprogress 1\nclear\nprint b", "stdout b\n", "1"},
		{"cleared later", "print a\nprogress 1\nclearwait\nprint b", "stdout b\n", "1"},
		{"cleared for nothing", "print a\nprogress 1\nclearwait", "stdout a\n", "1"},
		{"and a fault", "print a\nprogress 1\nfail x", "stdout a\n", "1"},
		{"no progress after much", "print " + big + "\nprogress 1", "stdout " + big + "\n", ""},
		{"much after progress", "print a\nprogress 1\nprint " + big, "stdout a\n" + big + "\n", "1"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, _, f := start(t)
			outputs, seen := saved(t, f.UntilIdle(f.Shell(kerneltest.Execute(tc.code))))
			if got := strings.Join(outputs, "|"); got != tc.want {
				t.Errorf("saved is %.200q; want %.200q", got, tc.want)
			}
			if got := strings.Join(seen, "|"); !strings.HasPrefix(got, tc.seen) || (tc.seen == "" && got != "") {
				t.Errorf("seen is %q; want %q", got, tc.seen)
			}
			f.DrainShell()
		})
	}
}

// A loop that reports every step costs its readers ten messages a second at most.
func TestProgressIsThrottled(t *testing.T) {
	_, _, f := start(t)
	code := strings.Repeat("progress a\nprogress b\n", 20_000)
	messages := f.UntilIdle(f.Shell(kerneltest.Execute(code)))
	f.DrainShell()
	_, seen := saved(t, messages)
	// Were nothing held back there would be 40,000; a slow machine may take seconds.
	if len(seen) < 1 || len(seen) > 400 {
		t.Errorf("%d progress messages", len(seen))
	}
}
