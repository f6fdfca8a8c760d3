// Package swarm lets several processes play the runs of a notebook's experiments: on this
// machine, or on others that meet at a NATS server. Whoever plays, the scores have the same bits.
//
// # How a run leaves its cell
//
// A cell calls experiment.Repeat(30, f). f may be a closure over the cell's own variables, so
// neither its text alone nor its values could be sent away. What is sent instead is the
// notebook: another process (a Replica) evaluates the cells that the running cell depends on,
// and then the running cell itself, to the same call of Repeat. There it stands, holding an f
// of its own, and plays the runs that it is told to. This is sound as a notebook of this kernel
// gives the same state wherever it is evaluated: that is what the product is for.
//
//	session's process                      replica                (another process)
//	Session.Evaluate    - Program ------>  player: reach          evaluates the cells
//	plays run 0         - task 0 ------->  job.Play(0)            the proof
//	compares            <- result 0 -----
//	                    - task 7 ------->  job.Play(7)
//	done(result)        <- result 7 -----
//	the next cell       - all results -->  Repeat returns         as it does in the session
//
// When the session goes on, so does the replica, with the results of all runs: it stands in the
// next experiment without having evaluated anything twice.
//
// # What is checked
//
// The first run is played in the session too, and by every worker before any other: whoever gives
// other bits is named and dismissed, and nothing of it counts. Where workers are not this
// very program on this machine, a share of the runs is played by two (--audit). On a run on which
// two disagree, the session plays it itself; whoever is wrong is dismissed and what it gave is played
// again. An audit that no second worker takes, as there was one and it is gone, is given up after ten
// seconds without news, which the cell says; with a single worker there are none. Delivery is at least once; as a second result must have the same bits, that is exactly once.
//
// A run that fails in a worker is played in the session, so that it fails at its place in the cell.
//
// # Which cells are needed
//
// Those that declare a name that the running cell uses, or use a variable that it uses and so
// may change it; those that these depend on; and all that move the randomness (they build
// models, say) or settings. Names are taken as they stand, so too much may be evaluated, never
// too little (needed.go). A needed cell that writes files, starts programs, reaches for the network or asks
// the person is not evaluated twice: the experiment is played in the session alone, and it is
// said why (effects.go: by the names of functions, so a library of one's own that writes files is not seen).
// The same when a run assigns to a variable from outside of it, as the cell would see that afterwards.
// Changes by methods are not seen; they make run 0 or the audits differ as far as they matter.
//
// # The queue
//
// For processes of this machine it is a slice (local.go): no server, no port. With %workers listen
// the session's process starts a NATS server (server.go), with its streams in memory; with
// %workers nats://... it uses one that is there, with its streams in files. `reprise worker --join`
// runs a Worker (join.go). Names of streams and subjects, and the messages, are in wire.go:
//
//	reprise.hello            request of a worker: its name and lock; the answer lets it in or says why not
//	reprise.job.<hash>       a block of runs of the program with that hash: work queue
//	reprise.result.<hash>    what a block gave
//	reprise.dismiss.<name>   why a worker must go
//	REPRISE_PROGRAMS         object store: programs by hash, and results too big for a message
//
// A worker publishes what a block gave and then acknowledges the block, with a sign of life each
// second in between; a block without one for three seconds goes to somebody else.
//
// # A session that starts again
//
// The session's own server ends with it: what was played is then in the experiment's store, or lost.
// On a server that was there, streams and results outlive the session for a week (at most 1 GiB, of which
// the oldest go first). Workers play on, as far as blocks are in the queue; a session that evaluates the same cells again
// reads what they have published (recall), checks it as if it came now, and asks for the rest only.
// Workers that are still there hear of the new session (reprise.open), and say hello; their proof comes with every block.
//
// # A server that is there
//
// It needs JetStream for the account. In a cluster the streams have three replicas, so that one server
// may die while runs are played; what it did not answer is asked again until another speaks for it.
// A user needs these permissions, the session's and the workers' alike:
//
//	publish    reprise.>  $JS.>  $O.REPRISE_PROGRAMS.>  _INBOX.>
//	subscribe  reprise.>  _INBOX.>
//
// It is reached with a token, user and password in the URL, a file of credentials (operator mode), and
// certificates of both sides (Access). server_test.go has a configuration for each.
package swarm
