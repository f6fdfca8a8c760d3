package ledger

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// metadataKey holds everything of ours in a notebook's metadata.
const metadataKey = "reprise"

// Store puts records into the metadata of a notebook, without their volatile parts. What
// else stands under "reprise" stays. The values are maps, lists, strings and json.Numbers.
func Store(metadata map[string]any, records []Record) {
	bare := make([]Record, len(records))
	for i, r := range records {
		r.Volatile = nil
		bare[i] = r
	}
	list, err := plainly(bare)
	if err != nil {
		panic(fmt.Sprintf("internal error: ledger: %v", err))
	}
	ours, _ := metadata[metadataKey].(map[string]any)
	if ours == nil {
		ours = map[string]any{}
		metadata[metadataKey] = ours
	}
	ours["ledger"] = list
}

// Load returns the records in the metadata of a notebook; none is no error. The error is a
// *Broken where a record is not what was written.
func Load(metadata map[string]any) ([]Record, error) {
	ours, _ := metadata[metadataKey].(map[string]any)
	if ours["ledger"] == nil {
		return nil, nil
	}
	list, ok := ours["ledger"].([]any)
	if !ok {
		return nil, &Broken{What: "metadata", Why: "reprise.ledger is not a list of records"}
	}
	var records []Record
	for i, v := range list {
		text, err := canonical(v)
		if err != nil {
			return records, &Broken{Index: i, What: fmt.Sprintf("record %d", i+1), Why: err.Error()}
		}
		r, err := parse(text)
		if err != nil {
			return records, &Broken{Index: i, What: r.label(i), Why: err.Error()}
		}
		records = append(records, r)
	}
	return records, Check(records)
}

// A Locked is what `reprise lock` writes into a notebook: what it was run with, and where.
// Runs leave it alone, so that a notebook is the same bytes from every machine.
type Locked struct {
	Lock    Lock    `json:"lock"`
	Machine Machine `json:"machine"`
}

// StoreLock puts l into the metadata of a notebook.
func StoreLock(metadata map[string]any, l Locked) {
	plain, err := plainly(l)
	if err != nil {
		panic(fmt.Sprintf("internal error: ledger: %v", err))
	}
	ours, _ := metadata[metadataKey].(map[string]any)
	if ours == nil {
		ours = map[string]any{}
		metadata[metadataKey] = ours
	}
	ours["lock"] = plain
}

// LoadLock returns the lock in the metadata of a notebook: what `reprise lock` wrote, else,
// without a machine, what the last session of the ledger was run with; nil is none.
func LoadLock(metadata map[string]any, records []Record) (*Lock, *Machine, error) {
	ours, _ := metadata[metadataKey].(map[string]any)
	if ours["lock"] != nil {
		text, err := canonical(ours["lock"])
		var l Locked
		if err == nil {
			err = json.Unmarshal(text, &l)
		}
		if err != nil {
			return nil, nil, fmt.Errorf("ledger: metadata reprise.lock: %w", err)
		}
		return &l.Lock, &l.Machine, nil
	}
	for i := len(records) - 1; i >= 0; i-- {
		if r := records[i]; r.Lock != nil {
			var m *Machine
			if r.Volatile != nil {
				m = r.Volatile.Machine
			}
			return r.Lock, m, nil
		}
	}
	return nil, nil, nil
}

// Remove takes the ledger out of a notebook's metadata.
func Remove(metadata map[string]any) {
	ours, _ := metadata[metadataKey].(map[string]any)
	delete(ours, "ledger")
	if len(ours) == 0 {
		delete(metadata, metadataKey)
	}
}

// parse reads one canonical record. Another text of the same record is refused: every byte
// counts.
func parse(text []byte) (r Record, err error) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&r); err != nil {
		return r, fmt.Errorf("was changed after it was written: %w", err)
	}
	if !bytes.Equal(Canonical(r), text) {
		return r, fmt.Errorf("was changed after it was written: it has fields that no record has, or another spelling")
	}
	return r, nil
}
