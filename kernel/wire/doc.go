// Package wire is the Jupyter messaging protocol as data: messages, their
// contents, signing, the connection file, positions in text. It knows no
// sockets and imports only the standard library.
//
// It is lenient in what it reads (a missing date, an unknown message type, a
// null where a default exists) and strict in what it writes.
//
// The protocol: https://jupyter-client.readthedocs.io/en/stable/messaging.html
package wire

// Version is the protocol version that this package speaks.
const Version = "5.6"
