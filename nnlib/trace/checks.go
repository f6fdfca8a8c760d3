package trace

import (
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"

	"reprise/nnlib/exact"
)

// Checks are written as one base64 text of little-endian 32-bit words: how many weights there
// are, then for each check the step, the losses, the draws and the weights.
type Checks []Check

const fixedWords = 3 // step, loss, draws

// MarshalJSON makes a Checks a json.Marshaler.
func (c Checks) MarshalJSON() ([]byte, error) { return json.Marshal(c.Text()) }

// UnmarshalJSON makes a Checks a json.Unmarshaler.
func (c *Checks) UnmarshalJSON(text []byte) (err error) {
	var s string
	if err := json.Unmarshal(text, &s); err != nil {
		return fmt.Errorf("trace: checks: %w", err)
	}
	*c, err = ParseChecks(s)
	return err
}

// Folded has one word for all weights of a check: what a ledger has room for.
func (c Checks) Folded() Checks {
	list := make(Checks, len(c))
	for i, k := range c {
		hash := uint64(0)
		for _, w := range k.Weights {
			hash = exact.Fold(hash, uint64(w))
		}
		list[i] = Check{k.Step, k.Loss, k.Draws, []uint32{Word(hash)}}
	}
	return list
}

// Text is the base64 text.
func (c Checks) Text() string {
	var b []byte
	word := func(w uint32) { b = binary.LittleEndian.AppendUint32(b, w) }
	if len(c) > 0 {
		word(uint32(len(c[0].Weights)))
	}
	for _, k := range c {
		word(uint32(k.Step))
		word(k.Loss)
		word(k.Draws)
		for _, w := range k.Weights {
			word(w)
		}
	}
	return base64.RawStdEncoding.EncodeToString(b)
}

// ParseChecks reads what Text wrote.
func ParseChecks(s string) (c Checks, err error) {
	b, err := base64.RawStdEncoding.DecodeString(s)
	if err != nil {
		return nil, fmt.Errorf("trace: checks: %w", err)
	}
	if len(b) == 0 {
		return nil, nil
	}
	if len(b)%4 != 0 {
		return nil, errors.New("trace: checks: cut in the middle of a word")
	}
	words := make([]uint32, len(b)/4)
	for i := range words {
		words[i] = binary.LittleEndian.Uint32(b[4*i:])
	}
	weights, words := uint64(words[0]), words[1:]
	if row := weights + fixedWords; uint64(len(words))%row != 0 {
		return nil, fmt.Errorf("trace: checks of %d weights do not fill %d words", weights, len(words))
	}
	for ; len(words) > 0; words = words[fixedWords+weights:] {
		c = append(c, Check{int(words[0]), words[1], words[2], words[fixedWords : fixedWords+weights : fixedWords+weights]})
	}
	return c, nil
}
