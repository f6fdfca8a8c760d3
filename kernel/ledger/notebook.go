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
		return nil, &Broken{0, "metadata", "reprise.ledger is not a list of records"}
	}
	var records []Record
	for i, v := range list {
		text, err := canonical(v)
		if err != nil {
			return records, &Broken{i, fmt.Sprintf("record %d", i+1), err.Error()}
		}
		r, err := parse(text)
		if err != nil {
			return records, &Broken{i, r.label(i), err.Error()}
		}
		records = append(records, r)
	}
	return records, Check(records)
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
