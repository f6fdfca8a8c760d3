//go:build race

package exact

// raceDetector: with it sync.Pool forgets on purpose, so that allocations cannot be counted, and everything takes ten times as long.
const raceDetector = true
