package nnlib

// Algorithm is the version of what this library computes: it is raised by a change that
// gives other numbers for the same seed. Ledgers and locks hold it.
const Algorithm = 1
