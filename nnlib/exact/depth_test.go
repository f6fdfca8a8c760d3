//go:build amd64 || arm64

package exact

var usual32, usual64 = map[*kernels[float32]]int{}, map[*kernels[float64]]int{}

// setDepth cuts k into blocks of at most depth, 0 as usual. Few columns and many have kernels of their own.
func setDepth(depth int) {
	for _, n := range []int{9, 1000} {
		setOne(use32(n), usual32, depth)
		setOne(use64(n), usual64, depth)
	}
}

func setOne[T float](kn *kernels[T], usual map[*kernels[T]]int, depth int) {
	if usual[kn] == 0 {
		usual[kn] = kn.depth
	}
	if kn.depth = depth; depth == 0 {
		kn.depth = usual[kn]
	}
}
