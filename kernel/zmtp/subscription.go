package zmtp

import (
	"bytes"
	"fmt"
)

// maxTopics and maxTopicBytes bound what one peer may subscribe to.
const (
	maxTopics     = 10_000
	maxTopicBytes = 1 << 20
)

// subscriptions counts topics: RFC 37 has two subscriptions to one topic need
// two cancellations.
type subscriptions struct {
	count map[string]int
	bytes int
}

func (s *subscriptions) add(topic []byte) error {
	if s.count == nil {
		s.count = map[string]int{}
	}
	if s.count[string(topic)] == 0 {
		if len(s.count) == maxTopics || s.bytes+len(topic) > maxTopicBytes {
			return fmt.Errorf("zmtp: more than %d subscriptions or %d bytes of topics", maxTopics, maxTopicBytes)
		}
		s.bytes += len(topic)
	}
	s.count[string(topic)]++
	return nil
}

func (s *subscriptions) remove(topic []byte) {
	switch s.count[string(topic)] {
	case 0: // cancels what was never subscribed
	case 1:
		delete(s.count, string(topic))
		s.bytes -= len(topic)
	default:
		s.count[string(topic)]--
	}
}

// match reports whether a subscription is a prefix of first, a message's first frame.
func (s *subscriptions) match(first []byte) bool {
	if s.count[""] > 0 {
		return true
	}
	for topic := range s.count {
		if bytes.HasPrefix(first, []byte(topic)) {
			return true
		}
	}
	return false
}
