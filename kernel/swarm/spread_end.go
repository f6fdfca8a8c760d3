package swarm

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"reprise/nnlib/experiment"
)

// unaudited releases results that wait for another worker where there is none left.
func (s *spread) unaudited() error {
	for _, t := range s.job.Tasks {
		if r := s.got[t]; r != nil && !r.released && !s.shift.others(r.played.Result.By) {
			if err := s.release(r); err != nil {
				return err
			}
		}
	}
	return nil
}

// tired tells when the audits that are still out have had their time.
func (s *spread) tired() <-chan time.Time {
	for _, t := range s.wanted() {
		if s.got[t] == nil {
			return nil
		}
	}
	return time.After(patience)
}

// giveUp does without the audits that nobody took, and says so. What a dismissed worker gave is not taken
// on trust: it is played here.
func (s *spread) giveUp(ctx context.Context) error {
	var missed []string
	for _, t := range s.wanted() {
		if !s.got[t].released {
			missed = append(missed, t.String())
		}
	}
	if n := len(missed); n > 0 {
		s.cell.say(fmt.Sprintf("experiment: audits were given up after %v without news: for %s there is one worker's word alone", patience, few(missed)))
	}
	return s.rest(ctx)
}

// few lists names, the first of many.
func few(names []string) string {
	const most = 5
	if n := len(names); n > most {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), n-most)
	}
	return strings.Join(names, ", ")
}

func (s *spread) fail(n news) {
	at := slices.Index(s.job.Tasks, *n.failed)
	if at >= 0 && (s.failed == nil || at < s.failed.at) {
		s.failed = &failure{at, n.by, n.err}
	}
}

// failHere plays the run that failed in a worker, so that it fails here, with its place in the cell.
func (s *spread) failHere() error {
	s.shift.end(true)
	s.job.Play(s.job.Tasks[s.failed.at])
	return fmt.Errorf("experiment: %s failed at %s (%v) and does not fail here: it depends on something besides its seed", s.job.Tasks[s.failed.at], s.failed.by, s.failed.err)
}

// rest plays here what nobody else will.
func (s *spread) rest(ctx context.Context) error {
	s.shift.end(true)
	for _, t := range s.wanted() {
		if r := s.got[t]; r != nil && !r.suspect {
			if err := s.release(r); err != nil {
				return err
			}
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		r := s.job.Play(t)
		if old := s.got[t]; old != nil { // suspect, and known to done
			if err := s.done(r); err != nil {
				return err
			}
			old.suspect = false
			continue
		}
		s.got[t] = &received{played: Played{Result: r}}
		if err := s.release(s.got[t]); err != nil {
			return err
		}
	}
	return nil
}

// same reports whether two results of one task have the same bits.
func same(a, b experiment.Result) bool {
	a.By, b.By = "", ""
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && bytes.Equal(x, y)
}
