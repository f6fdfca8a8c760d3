package grad_test

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math"
	"testing"

	"reprise/nnlib/grad"
)

// The bits of all values and gradients. Do NOT change the digest: it is the same on every machine.
func TestGolden(t *testing.T) {
	h := sha256.New()
	add := func(data []float32) {
		for _, v := range data {
			h.Write(binary.LittleEndian.AppendUint32(nil, math.Float32bits(v)))
		}
	}
	for _, c := range readTorch(t) {
		tape := grad.NewTape()
		x := c.load(tape)
		y := computations[c.Name](x)
		add(y.Value.Data)
		y.Mul(tensor(c.Shape, c.DY)).Sum().Backward()
		for _, v := range x {
			if v.Grad() != nil {
				add(v.Grad().Data)
			}
		}
	}
	if got, want := fmt.Sprintf("%x", h.Sum(nil)[:8]), "fd2872c8b1cb93ec"; got != want {
		t.Errorf("the digest is %s, want %s", got, want)
	}
}
