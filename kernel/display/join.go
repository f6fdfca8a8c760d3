package display

import (
	"fmt"
	"html"
	"strings"
)

// Join shows several values as one: the results of a function, say. Their texts stand behind each
// other, or below each other when one has several lines. When one of them is more than text,
// so is the whole: as HTML, with what has no HTML of its own as a picture or as text.
func Join(all ...Bundle) Bundle {
	if len(all) == 1 {
		return all[0]
	}
	var texts []string
	var page strings.Builder
	between, rich := " ", false
	for _, b := range all {
		text := fmt.Sprint(b.Data[Text])
		texts = append(texts, text)
		if strings.Contains(text, "\n") {
			between = "\n"
		}
		markup, ok := b.markup()
		if !ok {
			markup = "<pre>" + html.EscapeString(text) + "</pre>"
		}
		rich = rich || ok
		page.WriteString("<div>" + markup + "</div>\n")
	}
	joined := AsText(strings.Join(texts, between))
	if rich {
		joined.Data[HTML] = page.String()
	}
	return joined
}

// markup is the value as HTML, if it is more than text.
func (b Bundle) markup() (string, bool) {
	for _, mime := range []string{HTML, SVG} {
		if s, ok := b.Data[mime].(string); ok {
			return s, true
		}
	}
	for _, mime := range []string{PNG, JPEG} {
		if s, ok := b.Data[mime].(string); ok {
			return fmt.Sprintf(`<img src="data:%s;base64,%s" alt="%s">`, mime, s, html.EscapeString(fmt.Sprint(b.Data[Text]))), true
		}
	}
	return "", false
}
