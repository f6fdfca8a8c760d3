//go:build race

package exact_test

import "testing"

// onlyWithoutRace: these tests read source and what the compiler makes of it; the detector has nothing to watch.
func onlyWithoutRace(t *testing.T) {
	t.Skip("runs no code of the package: nothing for the race detector to watch")
}
