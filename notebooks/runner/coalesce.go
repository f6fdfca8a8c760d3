package runner

import (
	"strings"

	"reprise/notebooks/nb"
)

// coalesce merges streams as nbclient's coalesce_streams does: all text of one name goes
// to where that name first appeared, text before a carriage return is dropped, backspaces
// stay, and stdout stands before a stderr beside it. Doing it twice changes nothing.
func coalesce(outputs []*nb.Output) []*nb.Output {
	var list []*nb.Output
	first := map[string]*nb.Output{}
	text := map[string]*strings.Builder{}
	for _, out := range outputs {
		if out.Type != nb.Stream {
			list = append(list, out)
			continue
		}
		if first[out.Name] == nil {
			merged := *out
			first[out.Name], text[out.Name] = &merged, &strings.Builder{}
			list = append(list, &merged)
		}
		text[out.Name].WriteString(out.Text)
	}
	for name, out := range first {
		out.Text = nb.LastWrite(text[name].String())
	}
	for i := 1; i < len(list); i++ {
		if list[i].Type == nb.Stream && list[i].Name == "stdout" && list[i-1].Type == nb.Stream && list[i-1].Name == "stderr" {
			list[i-1], list[i] = list[i], list[i-1]
		}
	}
	return list
}
