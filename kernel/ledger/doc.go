// Package ledger is the record of what every execution of a cell depended on and
// gave, chained by hash. It runs nothing: the engine states facts, whoever runs the
// cells chains them and keeps them, and anybody can check them later with this
// package alone.
//
// # The form
//
// A ledger is a list of records. The first of each session has a Lock and no cell:
// what the session was run with. Every other record is one execution of one cell,
// in the order of execution. A cell that was run twice has two records.
//
// A record is a JSON object with the fields of Record; a field that is empty is
// left out. Its canonical text has the keys of every object sorted, no white space,
// whole numbers in decimal, and strings as encoding/json writes them without HTML
// escapes. All hashes are SHA-256, 64 hexadecimal digits.
//
//	hash = SHA-256(canonical text of the record without "hash" and "volatile")
//
// "prev" is the hash of the record before, empty for the first, and "seq" counts
// from 1, over all sessions. So a record that was changed, removed, added or moved
// breaks the chain at a place that Check names. Seeds, which have 64 bits, are
// strings: not every reader of JSON keeps them whole.
//
// "volatile" holds times and the machine. It differs from run to run, enters no
// hash and no comparison, and has a "sum" of its own, so that a change shows.
//
// # Where it is kept
//
// In a notebook, under metadata.reprise.ledger, as a list of the records without
// their volatile part: the same bytes from every machine (Store, Load).
//
// It is in the notebook's metadata as a whole and not piece by piece in the metadata of outputs.
// An output has to be the same thing whenever its cell gives the same: a record in it would
// tell the place in the chain, which is another one in the second session, so that the
// same cells run twice would no longer compare equal, byte for byte, in verify, in
// nbval, in git. The digest of an output could not cover the output that it stands in. And a cell
// that prints, or shows nothing, has no output with metadata: the chain would have holes
// and prove nothing. Clients that understand the kernel find each record in the metadata of
// the execute_reply.
//
// Beside a notebook that a Jupyter client runs, in NB.ledger.jsonl, one canonical
// record with its volatile part a line (Journal, Read). The file only grows. While another
// process writes it, or when it is broken, a new session begins NB.ledger.2.jsonl, and so on.
// `reprise verify`, `diff`, `report` and `lock` look there too; a report has the ledger inside,
// and `reprise lock` puts it into the notebook, so that either can be passed on alone.
//
// # Which one is believed
//
// A last line that a crash tore is no record. That is no fault of anybody: the records above it
// count, and whoever reads the file says so.
//
// A ledger that is broken anywhere else was changed after it was written. Nothing in it is
// believed, not even what stands before the break, and the file, the line and the reason are named.
//
// Of several whole ledgers the one that knows most of what the notebook shows is believed, and
// named; of two that know as much, the one in the notebook. When it knows all of it, a broken one beside it could add nothing, so that it is
// named and does no harm: verify ends with 0 if all else is well. Otherwise the broken one may have
// held what nobody knows now, and verify ends with 1.
package ledger
