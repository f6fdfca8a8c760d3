package dataframe

// An access reads and makes gota frames column by column.
type access interface {
	// columns are the frame's columns; the vectors may be its own memory.
	columns(df DataFrame) []column
	// frame makes a frame of at least one column; it may keep the vectors.
	frame(rows int, columns []column) DataFrame
}

// memory is how this program reaches gota's columns: straight through their
// memory when that has the layout we know, else through gota's public methods.
// Both give the same frames (access_test.go); the second is only slower.
var memory = chooseAccess()

func chooseAccess() access {
	if layout, ok := findLayout(); ok {
		return layout
	}
	return publicAccess{}
}
