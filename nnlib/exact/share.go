package exact

import "runtime"

// A Task is work cut into pieces that do not depend on each other. Which worker runs a piece never changes a bit.
type Task interface{ Piece(i int) }

// Share runs pieces 0 to pieces-1 of a task, some on other workers, and returns when all are done. What a piece computes with
// this package, it computes on its own worker.
func Share(t Task, pieces int) { workers.run(t, pieces) }

// Pieces returns into how many pieces a task on that many items is best cut: one when its work, in multiply-adds, is too small for a second worker to pay.
func Pieces(items, work int) int {
	if work < parallelWork {
		return 1
	}
	return max(1, min(items, procsFor(work)))
}

// procsFor returns how many pieces keep all workers busy.
func procsFor(work int) int {
	procs := runtime.GOMAXPROCS(0)
	if procs > 1 && work >= 64*parallelWork {
		procs *= 2 // pieces small enough that a disturbed worker does not hold the others up
	}
	return procs
}
