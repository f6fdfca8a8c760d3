// Package kerneltest tests kernels: a front end that fails on whatever the
// test did not expect, an engine that echoes so that no interpreter is needed,
// sockets in memory, and the conformance tiers that any kernel can be run
// against, in this process or over ZeroMQ.
package kerneltest
