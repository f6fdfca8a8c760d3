// Package nb reads and writes Jupyter notebooks, nbformat 4.5.
//
// What it writes is byte for byte what Python's nbformat.write writes: keys sorted, one
// blank of indent per level, non-ASCII unescaped, long text as a list of lines. Fields it
// does not know, and the text of every number, are kept. So a notebook that passes through
// JupyterLab, nbclient and this package in any order shows no difference that nobody made.
package nb

// A Notebook is one .ipynb file.
type Notebook struct {
	Cells    []*Cell
	Metadata map[string]any
	// Minor is the 4.Minor of the format; Upgrade raises it.
	Minor int
	Extra map[string]any // fields that nbformat does not name
}

// Cell types.
const (
	Code     = "code"
	Markdown = "markdown"
	Raw      = "raw"
)

// A Cell is one cell. Outputs and Count belong to code cells only.
type Cell struct {
	Type     string
	ID       string // empty before nbformat 4.5
	Source   string
	Metadata map[string]any
	// Attachments holds MIME bundles by file name; nil when the cell has none.
	Attachments map[string]any
	Outputs     []*Output
	Count       *int // the execution count; nil when the cell was not run
	Extra       map[string]any
}

// Output types.
const (
	Stream        = "stream"
	DisplayData   = "display_data"
	ExecuteResult = "execute_result"
	Error         = "error"
)

// An Output is one output of a code cell. Which fields count depends on Type;
// an output of an unknown type lives in Extra alone.
type Output struct {
	Type string
	// Stream.
	Name, Text string
	// DisplayData and ExecuteResult: values by MIME type, text joined to one string.
	Data, Metadata map[string]any
	Count          *int // ExecuteResult only
	// Error.
	EName, EValue string
	Traceback     []string

	Extra map[string]any
}

// Tags lists the cell's tags.
func (c *Cell) Tags() []string {
	list, _ := c.Metadata["tags"].([]any)
	var tags []string
	for _, t := range list {
		if s, ok := t.(string); ok {
			tags = append(tags, s)
		}
	}
	return tags
}

// HasTag reports whether the cell carries the tag.
func (c *Cell) HasTag(tag string) bool {
	for _, t := range c.Tags() {
		if t == tag {
			return true
		}
	}
	return false
}
