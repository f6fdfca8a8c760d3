// Package hdf5 reads and writes as much of HDF5 as Keras's weight files need:
// groups of datasets of numbers, stored in one piece, in the oldest and most
// widely read form of the format, which is what h5py writes unless told otherwise
// (superblock 0, object headers 1, symbol tables). Everything else is refused by name.
//
// Source: HDF5 File Format Specification Version 3.0, whose section numbers stand
// in the comments. A library for all of HDF5 was tried first: its reader wants a
// file on disk, and files that it writes h5py does not read.
package hdf5
