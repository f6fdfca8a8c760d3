//go:build amd64 || arm64

package exact

var usual32, usual64 = map[*kernels[float32]]int{}, map[*kernels[float64]]int{}

// setDepth cuts k into blocks of at most depth, 0 as usual.
func setDepth(depth int) {
	setOne(use32(), usual32, depth)
	setOne(use64(), usual64, depth)
}

func setOne[T float](kn *kernels[T], usual map[*kernels[T]]int, depth int) {
	if usual[kn] == 0 {
		usual[kn] = kn.depth
	}
	if kn.depth = depth; depth == 0 {
		kn.depth = usual[kn]
	}
}
