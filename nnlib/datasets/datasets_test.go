package datasets_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"reprise/nnlib"
	"reprise/nnlib/datasets"
	"reprise/nnlib/npz"
	"reprise/nnlib/rng"

	"gonum.org/v1/gonum/mat"
)

// testdata/sklearn.json holds what scikit-learn makes; generate.py beside it made it.
func TestAgreesWithScikitLearn(t *testing.T) {
	text, err := os.ReadFile("testdata/sklearn.json")
	if err != nil {
		t.Fatal(err)
	}
	var want struct {
		Moons, Circles, Blobs struct {
			X [][]float64
			Y []float64
		}
		Sums map[string][2]float64
	}
	if err := json.Unmarshal(text, &want); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		set *datasets.Dataset
		x   [][]float64
		y   []float64
	}{
		{datasets.Moons(datasets.Made{Samples: 21, Noise: 0.1, Random: rng.NewRandomState(3)}), want.Moons.X, want.Moons.Y},
		{datasets.Circles(datasets.Made{Samples: 20, Noise: 0.05, Random: rng.NewRandomState(4)}, 0.4), want.Circles.X, want.Circles.Y},
		{datasets.Blobs(datasets.Made{Samples: 17, Noise: 2, Random: rng.NewRandomState(5)}, 4, 3), want.Blobs.X, want.Blobs.Y},
	} {
		if !slices.Equal(c.set.Y, c.y) || len(c.y) == 0 {
			t.Errorf("%s: classes %v, want %v", c.set.Name, c.set.Y, c.y)
		}
		for i, row := range c.x {
			for j, v := range row {
				if !(math.Abs(c.set.X.At(i, j)-v) <= 1e-14) {
					t.Fatalf("%s: row %d is %v, want %v", c.set.Name, i, mat.Row(nil, i, c.set.X), row)
				}
			}
		}
	}
	for _, d := range []*datasets.Dataset{datasets.Iris(), datasets.Wine(), datasets.Digits()} {
		sum, weighted := 0.0, 0.0
		for i, y := range d.Y {
			for _, v := range mat.Row(nil, i, d.X) {
				sum, weighted = sum+v, weighted+float64(v*(y+1))
			}
		}
		if w := want.Sums[d.Name]; !(math.Abs(sum-w[0]) < 1e-6 && math.Abs(weighted-w[1]) < 1e-6) {
			t.Errorf("%s: sums %v and %v, want %v", d.Name, sum, weighted, w)
		}
	}
}

func TestShipped(t *testing.T) {
	for _, c := range []struct {
		set           *datasets.Dataset
		rows, cols, k int
	}{
		{datasets.Iris(), 150, 4, 3}, {datasets.Wine(), 178, 13, 3}, {datasets.Digits(), 1797, 64, 10}, {datasets.Penguins(), 342, 4, 3},
	} {
		rows, cols := c.set.X.Dims()
		if rows != c.rows || cols != c.cols || len(c.set.TargetNames) != c.k || len(c.set.FeatureNames) != cols || len(c.set.Y) != rows || len(c.set.Labels()) != rows || c.set.About == "" {
			t.Error(c.set)
		}
	}
	if s := datasets.Sonnets(); strings.Count(s, "\n") != 8*15-1 || strings.Contains(s, "\r") {
		t.Error(strings.Count(s, "\n"))
	}
	if !strings.Contains(datasets.PenguinsCSV(), "NA") {
		t.Error("the missing values are missing")
	}
}

func TestMadeBySeed(t *testing.T) {
	for _, c := range []func(m datasets.Made) *datasets.Dataset{
		datasets.Moons,
		func(m datasets.Made) *datasets.Dataset { return datasets.Circles(m, 0) },
		func(m datasets.Made) *datasets.Dataset { return datasets.Blobs(m, 3, 2) },
		func(m datasets.Made) *datasets.Dataset { return datasets.Spirals(m, 3) },
		func(m datasets.Made) *datasets.Dataset { return datasets.Sine(m, 5, 12) },
		func(m datasets.Made) *datasets.Dataset { return datasets.Reviews(m, 50, 12) },
	} {
		a, b, other := c(datasets.Made{Noise: 0.1, Seed: 1}), c(datasets.Made{Noise: 0.1, Seed: 1}), c(datasets.Made{Noise: 0.1, Seed: 2})
		if !mat.Equal(a.X, b.X) || !slices.Equal(a.Y, b.Y) || mat.Equal(a.X, other.X) {
			t.Errorf("%s does not depend on its seed, and on that alone", a.Name)
		}
		if rows, _ := a.X.Dims(); rows != 100 || len(a.Y) != 100 {
			t.Error(a)
		}
	}
}

// A model that knows the rule of Reviews is always right; the words stay in the vocabulary.
func TestReviewsFollowTheirRule(t *testing.T) {
	d := datasets.Reviews(datasets.Made{Samples: 300, Seed: 4}, 200, 30)
	good := 0.0
	for i, y := range d.Y {
		row, sum := mat.Row(nil, i, d.X), 0
		for k, w := range row {
			if w < 0 || w >= 200 || w != math.Trunc(w) {
				t.Fatal(row)
			}
			side := map[bool]int{true: 1}[w >= 3 && w < 13] - map[bool]int{true: 1}[w >= 13 && w < 23]
			if k > 0 && row[k-1] == 2 {
				side = -side
			}
			sum += side
		}
		if (sum > 0) != (y == 1) {
			t.Fatalf("%v sums to %d and is %v", row, sum, y)
		}
		good += y
	}
	if good < 100 || good > 200 {
		t.Errorf("%v of 300 are good", good)
	}
}

func TestCharacters(t *testing.T) {
	X, y, alphabet := datasets.Characters("abcab€", 3)
	if fmt.Sprint(X.Data, y.Data, alphabet, X.Shape) != "[0 1 2 1 2 0 2 0 1] [0 1 3] [a b c €] [3 3]" {
		t.Error(X, y, alphabet)
	}
	if X, y := datasets.Sequence(4); fmt.Sprint(X, y) != "[0 0.1 0.2] [0.1 0.2 0.3]" {
		t.Error(X, y)
	}
}

func write(t *testing.T, name string, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func zipped(t *testing.T, data []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestCSV(t *testing.T) {
	for _, data := range [][]byte{[]byte("\ufeffa,kind,b\r\n1,x,2\r\n3,y,4\r\n"), zipped(t, []byte("a,kind,b\n1,x,2\n3,y,4\n"))} {
		d, err := datasets.CSV(write(t, "small.csv", data), "kind")
		if err != nil || d.Name != "small" || fmt.Sprint(d.FeatureNames, d.TargetNames, d.Y, d.X.RawMatrix().Data) != "[a b] [x y] [0 1] [1 2 3 4]" {
			t.Error(d, err)
		}
	}
	for _, c := range []struct{ text, want string }{{"a,y\n1,1.5\n1,2\n", "[1.5 2] []"}, {"a,y\n1,10\n1,9\n", "[1 0] [9 10]"}} {
		d, err := datasets.ReadCSV(strings.NewReader(c.text), "y")
		if err != nil || fmt.Sprint(d.Y, d.TargetNames) != c.want {
			t.Error(d, err)
		}
	}
	for text, say := range map[string]string{
		"a,y\n1,2\n,3\n": `column a of line 3 is "", which is no number`, "a,b\n1,2\n": `no column "y"`, "a,y\n": "no rows", "a,y\n1\n": "wrong number of fields", "": "no rows",
	} {
		if _, err := datasets.ReadCSV(strings.NewReader(text), "y"); err == nil || !strings.Contains(err.Error(), say) {
			t.Errorf("%q: %v", text, err)
		}
	}
	if _, err := datasets.CSV("none.csv", "y"); err == nil {
		t.Error("a missing file is read")
	}
}

// idx is a file of bytes.
func idx(shape []byte, numbers ...byte) []byte {
	data := []byte{0, 0, 8, byte(len(shape))}
	for _, d := range shape {
		data = append(data, 0, 0, 0, d)
	}
	return append(data, numbers...)
}

func TestIDX(t *testing.T) {
	floats := []byte{0, 0, 0x0d, 1, 0, 0, 0, 1, 0x3f, 0xc0, 0, 0}
	for want, data := range map[string][]byte{"[2 2] [0 1 2 255]": idx([]byte{2, 2}, 0, 1, 2, 255), "[1 1 3] [7 8 9]": zipped(t, idx([]byte{1, 1, 3}, 7, 8, 9)), "[1] [1.5]": floats} {
		x, err := datasets.IDX(write(t, "x", data))
		if err != nil || fmt.Sprint(x.Shape, x.Data) != want {
			t.Error(x, err, want)
		}
	}
	for say, data := range map[string][]byte{
		"2 of its 4 bytes": idx([]byte{2, 2}, 0, 1), "something follows": idx([]byte{1}, 0, 1), "two zeros": []byte("PK34"), "its shape is cut off": {0, 0, 8, 3, 0},
		"would not fit": {0, 0, 8, 2, 255, 255, 255, 255, 255, 255, 255, 255},
	} {
		if _, err := datasets.IDX(write(t, "x", data)); err == nil || !strings.Contains(err.Error(), say) {
			t.Errorf("%v, want %q", err, say)
		}
	}
}

func TestMNIST(t *testing.T) {
	dir := t.TempDir()
	for name, data := range map[string][]byte{
		"train-images-idx3-ubyte": idx([]byte{2, 1, 2}, 0, 255, 51, 0), "train-labels-idx1-ubyte.gz": zipped(t, idx([]byte{2}, 3, 4)),
		"t10k-images-idx3-ubyte": idx([]byte{1, 1, 2}, 0, 0), "t10k-labels-idx1-ubyte": idx([]byte{1}, 9),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	X, y, XTest, yTest, err := datasets.MNIST(dir)
	if err != nil || fmt.Sprint(X.Shape, X.Data, y.Data, XTest.Shape, yTest.Data) != "[2 1 2 1] [0 1 0.2 0] [3 4] [1 1 2 1] [9]" {
		t.Error(X, y, XTest, yTest, err)
	}
	if _, _, _, _, err := datasets.MNIST(t.TempDir()); err == nil {
		t.Error("an empty folder is MNIST")
	}
}

func TestNPZ(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.npz")
	if err := npz.WriteFile(path, npz.New("x", []float64{1, 2}, 2)); err != nil {
		t.Fatal(err)
	}
	all, err := datasets.NPZ(path)
	if err != nil || all["x"].Data[1] != 2 {
		t.Error(all, err)
	}
}

func ExampleIris() {
	nnlib.Seed(1)
	d := datasets.Iris()
	XTrain, XTest, yTrain, yTest := nnlib.TrainTestSplit(d.X, d.Y, nnlib.Split{Stratify: d.Y})
	var scaler nnlib.StandardScaler
	m := &nnlib.MLPClassifier{MLP: nnlib.MLP{HiddenLayerSizes: []int{10}, LearningRateInit: 0.01, MaxIter: 300}}
	m.Fit(scaler.FitTransform(XTrain), yTrain)
	fmt.Printf("%v\naccuracy %.2f\n", d, m.Score(scaler.Transform(XTest), yTest))
	// Output:
	// iris: 150 samples, 4 features, 3 classes: setosa, versicolor, virginica
	// R. A. Fisher, 1936; UCI archive, doi 10.24432/C56C76, CC BY 4.0
	// accuracy 0.95
}
