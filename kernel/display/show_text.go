package display

// showText shows anything as text.
func showText(o Options, v any) (Bundle, error) {
	return Bundle{Data: map[string]any{Text: o.text(v)}}, nil
}
