package kernel

import "reprise/kernel/wire"

// transcript is what a cell shows at the moment, in order: text and displays.
type transcript struct {
	shown    []shown
	bytes    int
	over     bool // it became too long and is kept no more
	clearing bool // the next output replaces everything
}

// shown is text of a stream or, when stream is empty, a display.
type shown struct {
	stream  string
	text    []byte
	display wire.DisplayData
}

// transcriptBytes is how much is kept.
const transcriptBytes = 1 << 20

// hasRoom reports whether n more bytes would be kept.
func (t *transcript) hasRoom(n int) bool {
	return !t.over && (t.clearing || t.bytes+n <= transcriptBytes)
}

func (t *transcript) print(stream, text string) {
	if !t.grow(len(text)) {
		return
	}
	if n := len(t.shown); n > 0 && t.shown[n-1].stream == stream {
		t.shown[n-1].text = append(t.shown[n-1].text, text...)
		return
	}
	t.shown = append(t.shown, shown{stream: stream, text: []byte(text)})
}

func (t *transcript) show(d wire.DisplayData) {
	if t.grow(bundleBytes(d)) {
		t.shown = append(t.shown, shown{display: d})
	}
}

// update changes every display of the same id.
func (t *transcript) update(d wire.DisplayData) {
	for i, s := range t.shown {
		if s.stream == "" && s.display.Transient == d.Transient {
			t.bytes += bundleBytes(d) - bundleBytes(s.display)
			t.shown[i].display = d
		}
	}
}

// clear forgets everything, now or when the next output comes.
func (t *transcript) clear(wait bool) {
	if wait {
		t.clearing = true
		return
	}
	*t = transcript{}
}

// settle does what clear(true) left to the next output.
func (t *transcript) settle() {
	if t.clearing {
		*t = transcript{}
	}
}

// grow makes room for n bytes. False: they are not kept, and nothing is any more.
func (t *transcript) grow(n int) bool {
	t.settle()
	if !t.hasRoom(n) {
		*t = transcript{over: true}
		return false
	}
	t.bytes += n
	return true
}

// bundleBytes is about the size of what d shows.
func bundleBytes(d wire.DisplayData) int { return jsonBytes(d.Data) }

// jsonBytes is about the length of a JSON value, without writing it.
func jsonBytes(v any) int {
	n := 0
	switch v := v.(type) {
	case string:
		return len(v)
	case []any:
		for _, e := range v {
			n += jsonBytes(e)
		}
	case map[string]any:
		for name, e := range v {
			n += len(name) + jsonBytes(e)
		}
	}
	return n + 16
}
