package nnlib_test

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"strings"
	"testing"

	"reprise/nnlib"
)

func attentionModel(s *nnlib.Session, dropout float64) *nnlib.Model {
	x := nnlib.Input(5, 3)
	y := nnlib.Apply(&nnlib.MultiHeadAttention{NumHeads: 2, KeyDim: 3, Dropout: dropout}, x, x)
	return s.NewModel([]*nnlib.Node{x}, []*nnlib.Node{y.Apply(&nnlib.Dense{Units: 2})})
}

// The models of testdata/keras/seeds.py.
var seededModels = []struct {
	name string
	make func(s *nnlib.Session) *nnlib.Model
}{
	{"dense", func(s *nnlib.Session) *nnlib.Model {
		return s.NewSequential(&nnlib.Dense{Units: 7, InputDim: 4}, &nnlib.Dropout{Rate: 0.2}, &nnlib.Dropout{}, &nnlib.Dense{Units: 3, KernelInitializer: "he_uniform", BiasInitializer: "uniform"},
			&nnlib.GaussianNoise{StdDev: 0.1}, &nnlib.Dense{Units: 2, KernelInitializer: "ones"}, &nnlib.Dense{Units: 1, KernelInitializer: "lecun_uniform"})
	}},
	{"recurrent", func(s *nnlib.Session) *nnlib.Model {
		return s.NewSequential(&nnlib.Embedding{InputDim: 9, OutputDim: 5, InputLength: 6}, &nnlib.SimpleRNN{Units: 3, ReturnSequences: true}, &nnlib.GRU{Units: 4, ReturnSequences: true}, &nnlib.LSTM{Units: 3}, &nnlib.Dense{Units: 2})
	}},
	{"bidirectional", func(s *nnlib.Session) *nnlib.Model {
		return s.NewSequential(&nnlib.InputLayer{Shape: nnlib.Shape{5, 3}}, &nnlib.Bidirectional{Layer: &nnlib.LSTM{Units: 2, ReturnSequences: true}}, &nnlib.TimeDistributed{Layer: &nnlib.Dense{Units: 3}},
			&nnlib.Bidirectional{Layer: &nnlib.GRU{Units: 2}}, &nnlib.Dense{Units: 1})
	}},
	{"conv", func(s *nnlib.Session) *nnlib.Model {
		return s.NewSequential(&nnlib.Conv2D{Filters: 3, KernelSize: [2]int{2}, InputShape: nnlib.Shape{6, 6, 2}}, &nnlib.DepthwiseConv2D{KernelSize: [2]int{2}}, &nnlib.BatchNormalization{}, &nnlib.Flatten{}, &nnlib.Dense{Units: 2})
	}},
	{"attention", func(s *nnlib.Session) *nnlib.Model { return attentionModel(s, 0) }},
	{"attention_dropout", func(s *nnlib.Session) *nnlib.Model { return attentionModel(s, 0.1) }},
	{"normal", func(s *nnlib.Session) *nnlib.Model {
		return s.NewSequential(&nnlib.Dense{Units: 33, InputDim: 4, KernelInitializer: "he_normal"}, &nnlib.Dense{Units: 5, KernelInitializer: "random_normal"}, &nnlib.Dense{Units: 9, KernelInitializer: "truncated_normal"}, &nnlib.Dense{Units: 3, KernelInitializer: "orthogonal"})
	}},
}

// Weights of uniform initializers are Keras's to the bit, the others up to rounding.
func TestInitialWeightsOfKeras3(t *testing.T) {
	text, err := os.ReadFile("testdata/keras/seeds.json")
	must(t, err)
	var want map[string]map[string][][]float64
	must(t, json.Unmarshal(text, &want))
	seeds := []uint32{1, 7, 1 << 31, 123456789}
	bits := 0
	for _, backend := range []string{"jax", "tensorflow"} {
		for k, c := range seededModels {
			s := fresh()
			s.Use(nnlib.Keras3{Seed: seeds[k%4], Backend: backend})
			m := c.make(s)
			values := flat(want[backend][c.name])
			for _, p := range m.Params() {
				exactly := c.name != "normal" && !strings.Contains(p.Name, "recurrent")
				tolerance := 0.0
				if !exactly {
					tolerance = 2e-6
				}
				if len(values) < len(p.Value.Data) {
					t.Fatalf("%s %s: Keras has fewer weights", backend, c.name)
				}
				for i, v := range p.Value.Data {
					if !(math.Abs(float64(v)-values[i]) <= tolerance) {
						t.Errorf("%s %s: %s: element %d is %v, want %v", backend, c.name, p.Name, i, v, values[i])
						break
					}
					if exactly {
						bits++
					}
				}
				values = values[len(p.Value.Data):]
			}
			if len(values) != 0 {
				t.Errorf("%s %s: Keras has %d weights more", backend, c.name, len(values))
			}
		}
	}
	if bits < 1000 {
		t.Errorf("only %d weights were compared bit by bit", bits)
	}
}

func ExampleKeras3() {
	// keras.utils.set_random_seed(7); keras.layers.Dense(3) on 4 inputs
	nnlib.Use(nnlib.Keras3{Seed: 7})
	defer nnlib.Seed(1)
	m := nnlib.NewSequential(&nnlib.Dense{Units: 3, InputDim: 4})
	fmt.Println(m.Params()[0].Value.Data[:3])
	// Output: [0.87665033 0.11814123 -0.24511926]
}
