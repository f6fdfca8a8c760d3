//go:build race

package grad_test

// raceDetector: with it sync.Pool forgets on purpose, so that allocations cannot be counted.
const raceDetector = true
