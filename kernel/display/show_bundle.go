package display

// showBundle passes on what a cell made itself.
func showBundle(_ Options, b Bundle) (Bundle, error) {
	if _, ok := b.Data[Text]; ok {
		return b, nil
	}
	data := map[string]any{Text: ""}
	for mime, d := range b.Data {
		data[mime] = d
	}
	return Bundle{Data: data, Metadata: b.Metadata}, nil
}
