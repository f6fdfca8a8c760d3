package exact

import "testing"

func TestCanary(t *testing.T) {
	if got := Canary(); got != CanaryDigest {
		t.Errorf("canary %s, want %s", got, CanaryDigest)
	}
}
