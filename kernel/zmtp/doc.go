// Package zmtp is the server half of ZeroMQ's wire protocol, ZMTP 3.1 (RFC 37),
// as far as a Jupyter kernel needs it: a kernel only ever binds, so there are
// three kinds of socket (ROUTER, XPUB, REP), two transports (tcp, ipc), two
// security mechanisms (NULL, CURVE), and no reconnecting.
//
// What it promises beyond the protocol:
//
//   - Nothing is dropped. RFC 28 and 29 let ROUTER and XPUB throw messages away
//     when a queue is full; here Send waits until the peer has taken some, so
//     memory stays bounded and a slow reader still gets every message.
//   - A peer harms only itself. Each connection has its own deadline for the
//     handshake, its own bounded queues in both directions, and its own
//     goroutines; accepting never waits for anyone. Whatever breaks the protocol
//     is disconnected, and lengths are believed only as far as bytes arrive.
//   - A dead peer cannot hold the kernel for ever. When somebody waits for room
//     in a peer's queue and the peer takes not one byte for Options.Stall
//     (at most twice that, as the clock is looked at once per Stall), it is dropped.
//   - A peer that comes back under the identity of one still connected takes the
//     name over, as ipykernel asks of libzmq with ROUTER_HANDOVER; the older
//     connection lives on under a generated name.
//
// The path of a received message: conn -> frameReader -> session.open (decrypts)
// -> lane (bounded, one per peer) -> inbox (round robin) -> Recv. Of a sent one:
// Send -> outbox (bounded, one per peer) -> session.seal -> one write -> conn.
package zmtp
