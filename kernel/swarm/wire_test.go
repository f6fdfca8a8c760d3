package swarm

import (
	"context"
	"errors"
	"testing"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// A storeOf answers GetBytes with these errors, one after another, and then with "data".
type storeOf struct {
	jetstream.ObjectStore
	errs []error
}

func (s *storeOf) GetBytes(context.Context, string, ...jetstream.GetObjectOpt) ([]byte, error) {
	if len(s.errs) == 0 {
		return []byte("data"), nil
	}
	err := s.errs[0]
	s.errs = s.errs[1:]
	return nil, err
}

// Servers of a cluster that choose their speaker, or lag behind another, are asked again.
func TestGetObject(t *testing.T) {
	s := &storeOf{errs: []error{jetstream.ErrObjectNotFound, nats.ErrNoResponders, jetstream.ErrObjectNotFound}}
	if data, err := getObject(t.Context(), s, "x"); string(data) != "data" || err != nil {
		t.Errorf("got %q, %v", data, err)
	}
	s.errs = []error{jetstream.ErrDigestMismatch}
	if _, err := getObject(t.Context(), s, "x"); !errors.Is(err, jetstream.ErrDigestMismatch) {
		t.Errorf("got %v, which no other server knows better", err)
	}
}

// An object that no server has is said to be missing, in time.
func TestGetObjectThatIsNotThere(t *testing.T) {
	s := &storeOf{}
	for range 1000 {
		s.errs = append(s.errs, jetstream.ErrObjectNotFound)
	}
	if _, err := getObject(t.Context(), s, "x"); !errors.Is(err, jetstream.ErrObjectNotFound) {
		t.Errorf("got %v", err)
	}
}

// What the server could not give is no fault of the cells: the worker keeps the program.
func TestPassing(t *testing.T) {
	for _, err := range []error{nats.ErrNoResponders, context.DeadlineExceeded, jetstream.ErrObjectNotFound} {
		if !passing(err) {
			t.Errorf("%v: the worker would never play the program again", err)
		}
	}
	if passing(&cellError{"cell [1]", errors.New("it fails")}) {
		t.Error("a cell that fails would be evaluated again and again")
	}
}
