//go:build !amd64

package exact

const vectors = false
