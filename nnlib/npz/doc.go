// Package npz reads and writes NumPy's files: .npy, which holds one array, and
// .npz, a zip of them, as numpy.save, numpy.savez and numpy.savez_compressed
// write them. Format: numpy/lib/format.py, versions 1.0 to 3.0.
//
// Numbers of every width are read, big- and little-endian, in C and in Fortran
// order. Arrays of Python objects are refused: reading them would run code.
package npz
