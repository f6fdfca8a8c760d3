// Package trace records where a training went, so that two of them can be compared
// without being kept: what was asked, the data, the losses, the random draws and the
// weights, as hashes. When two traces part, the trainings are run again with every
// tensor of a few steps hashed, and the first one that differs is named.
//
// A trace is small (some hundred bytes) and always on. Where the steps are many, it has
// hashes of the weights at most sixteen times; losses and draws are folded into one
// running hash each, so that nothing that ever differed in them is lost. Weights that
// differed and came together again between two of those times are one training: the
// same weights and the same draws have the same future.
//
// All hashes are those of exact.Hash32, the same on every machine.
package trace
