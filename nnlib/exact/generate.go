package exact

//go:generate go run ./gen -out kernels_amd64.s -stubs kernels_amd64.go -pkg exact
//go:generate go run ./gen/neon kernels_arm64.s kernels_arm64.go
