package display

// showError shows an error's own words.
func showError(o Options, err error) (Bundle, error) {
	return Bundle{Data: map[string]any{Text: o.text(err)}}, nil
}
