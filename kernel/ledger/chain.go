package ledger

import "fmt"

// A Chain adds records to a ledger. Its zero value begins a new one.
type Chain struct {
	seq  int
	prev string
}

// After returns the chain that goes on behind a checked ledger.
func After(records []Record) Chain {
	if len(records) == 0 {
		return Chain{}
	}
	last := records[len(records)-1]
	return Chain{last.Seq, last.Hash}
}

// Add gives r its place and its hash.
func (c *Chain) Add(r *Record) {
	c.seq++
	r.Seq, r.Prev = c.seq, c.prev
	r.Hash = r.hash()
	if r.Volatile != nil {
		r.Volatile.Sum = r.sum()
	}
	c.prev = r.Hash
}

// A Broken is the first place where a ledger is not what was written.
type Broken struct {
	Index int    // of the record in the list, or of the line in the file, from 0
	What  string // "record 4 (cell [3])"
	Why   string
	In    string // where it was read: "x.ledger.jsonl, line 4"; empty for a list of records
}

func (b *Broken) Error() string {
	if b.In != "" {
		return fmt.Sprintf("ledger: %s: %s %s", b.In, b.What, b.Why)
	}
	return fmt.Sprintf("ledger: %s: %s", b.What, b.Why)
}

// Check walks the chain and returns a *Broken for the first record that was changed,
// removed, added or moved, else nil.
func Check(records []Record) error {
	var c Chain
	for i := range records {
		r := records[i]
		broken := func(format string, args ...any) error {
			return &Broken{Index: i, What: r.label(i), Why: fmt.Sprintf(format, args...)}
		}
		switch {
		case r.Seq != c.seq+1:
			return broken("has number %d where %d was to come: a record is missing, or was added or moved", r.Seq, c.seq+1)
		case r.Prev != c.prev:
			return broken("does not follow the record before it: that one was replaced, or this one's prev was changed")
		case r.Hash != r.hash():
			return broken("was changed after it was written: its hash is not that of its content")
		case r.Volatile != nil && r.Volatile.Sum != r.sum():
			return broken("its times or its machine were changed after they were written")
		}
		c.seq, c.prev = r.Seq, r.Hash
	}
	return nil
}

func (r *Record) label(i int) string {
	switch {
	case r.Name != "":
		return fmt.Sprintf("record %d (%s)", i+1, r.Name)
	case r.Lock != nil:
		return fmt.Sprintf("record %d (the session's beginning)", i+1)
	}
	return fmt.Sprintf("record %d", i+1)
}

// Root is the hash of the last record, which stands for the whole ledger: two people
// compare 12 letters instead of tables.
func Root(records []Record) string {
	if len(records) == 0 {
		return ""
	}
	return records[len(records)-1].Hash
}

// Last returns the last execution of each cell that has an id, by id.
func Last(records []Record) map[string]*Record {
	last := map[string]*Record{}
	for i := range records {
		if id := records[i].Cell; id != "" {
			last[id] = &records[i]
		}
	}
	return last
}

// Shown returns what each cell that has an id shows now, by id: what it showed when it was
// executed last, with what later cells have updated.
func Shown(records []Record) map[string]Change {
	shown := map[string]Change{}
	for _, r := range records {
		if r.Cell != "" {
			shown[r.Cell] = Change{Cell: r.Cell, Output: r.Output, Terminal: r.Terminal}
		}
		for _, c := range r.Changed {
			shown[c.Cell] = c
		}
	}
	return shown
}
