package cell

import "regexp"

var (
	question = regexp.MustCompile(`^\s*([\pL_][\pL\pN_]*(?:\.[\pL_][\pL\pN_]*)*)(\?\??)\s*$`)
	asked    = regexp.MustCompile(`^\s*(\?\??)([\pL_][\pL\pN_]*(?:\.[\pL_][\pL\pN_]*)*)\s*$`)
)

// Question reads a cell that asks for help as in IPython: "strings.Cut?" or "?strings.Cut", or with
// two marks for everything that is known. Detail is 0 or 1, as in Jupyter's inspect_request.
func Question(src string) (name string, detail int, ok bool) {
	if m := question.FindStringSubmatch(src); m != nil {
		return m[1], len(m[2]) - 1, true
	}
	if m := asked.FindStringSubmatch(src); m != nil {
		return m[2], len(m[1]) - 1, true
	}
	return "", 0, false
}
