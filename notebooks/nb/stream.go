package nb

import "strings"

// LastWrite drops the text of a line before its last carriage return that no newline follows.
func LastWrite(text string) string {
	if !strings.Contains(text, "\r") {
		return text
	}
	var b strings.Builder
	for line := range strings.SplitAfterSeq(text, "\n") {
		body := strings.TrimSuffix(line, "\n")
		b.WriteString(line[1+strings.LastIndexByte(body[:max(len(body)-1, 0)], '\r'):])
	}
	return b.String()
}
