package experiment

import (
	"encoding/json"
	"fmt"
	"strconv"

	"reprise/nnlib/rng"
)

// resultText is a Result as JSON has it: numbers are text with all their digits, as JSON's own lack NaN and infinities.
type resultText struct {
	Task
	Score string      `json:"score"`
	Logs  []logText   `json:"logs,omitempty"`
	Draws []rng.Entry `json:"draws,omitempty"`
	By    string      `json:"by,omitempty"`
}

type logText struct {
	Name   string   `json:"name"`
	Values []string `json:"values"`
}

// MarshalJSON writes r on one line. Equal results have equal text.
func (r Result) MarshalJSON() ([]byte, error) {
	t := resultText{Task: r.Task, Score: number(r.Score), Draws: r.Draws, By: r.By}
	for _, l := range r.Logs {
		values := make([]string, len(l.Values))
		for i, v := range l.Values {
			values[i] = number(v)
		}
		t.Logs = append(t.Logs, logText{l.Name, values})
	}
	return json.Marshal(t)
}

// UnmarshalJSON reads what MarshalJSON wrote, every bit.
func (r *Result) UnmarshalJSON(data []byte) error {
	var t resultText
	if err := json.Unmarshal(data, &t); err != nil {
		return err
	}
	*r = Result{Task: t.Task, Draws: t.Draws, By: t.By}
	var err error
	if r.Score, err = strconv.ParseFloat(t.Score, 64); err != nil {
		return fmt.Errorf("experiment: result of %s: %w", r.Task, err)
	}
	for _, l := range t.Logs {
		values := make([]float64, len(l.Values))
		for i, v := range l.Values {
			if values[i], err = strconv.ParseFloat(v, 64); err != nil {
				return fmt.Errorf("experiment: %s of %s: %w", l.Name, r.Task, err)
			}
		}
		r.Logs = append(r.Logs, Log{l.Name, values})
	}
	return nil
}

// bits are what two results of one task have in common.
func (r Result) bits() []byte {
	r.By = ""
	text, err := r.MarshalJSON()
	if err != nil {
		panic(fmt.Sprintf("internal error: experiment: %v", err))
	}
	return text
}
