//go:build !race

package exact_test

import "testing"

func onlyWithoutRace(*testing.T) {}
