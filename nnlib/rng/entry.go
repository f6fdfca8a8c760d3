package rng

// An Entry counts the draws from one named stream.
type Entry struct {
	Stream string `json:"stream"` // the stream's names joined by "/": "model/3/dense_1/kernel"
	Draws  uint64 `json:"draws"`  // 32-bit words taken
}
