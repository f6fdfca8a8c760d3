// Package arrow reads and writes gota frames as Apache Arrow records, IPC files
// and streams (Feather), and Parquet files.
//
// It is a package of its own because Arrow is a large dependency: who does not
// import it does not pay for it. Bits survive: float64, int64, text and bools are
// stored as they are, a missing value is a null. Row labels travel as the column
// "index:" that carries them.
package arrow
