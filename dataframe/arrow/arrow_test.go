package arrow_test

import (
	"bytes"
	"fmt"
	"io"
	"math"
	"path/filepath"
	"strings"
	"testing"

	"reprise/dataframe"
	"reprise/dataframe/arrow"
)

func mixed() dataframe.DataFrame {
	return dataframe.FromColumns([]string{"f", "i", "s", "b", "f"},
		[]any{0.1 + 0.2, nil, math.Inf(-1), 5e-324}, []int{1 << 53, -7, 0, math.MaxInt64},
		[]any{"", "NaN", nil, "π"}, []any{true, false, nil, true}, []float64{1, 2, 3, math.Copysign(0, -1)})
}

var formats = map[string]struct {
	write func(io.Writer, dataframe.DataFrame) error
	read  func(io.Reader) (dataframe.DataFrame, error)
}{
	"ipc":     {arrow.WriteIPC, arrow.ReadIPC},
	"parquet": {arrow.WriteParquet, arrow.ReadParquet},
}

func TestRoundTrip(t *testing.T) {
	frames := map[string]dataframe.DataFrame{
		"mixed": mixed(), "no rows": dataframe.Head(mixed(), 0), "labels": dataframe.DropNaN(dataframe.WithIndex(mixed())),
		"floats": dataframe.FromSlice([]float64{1, math.NaN()}),
	}
	for format, f := range formats {
		for name, df := range frames {
			t.Run(format+"/"+name, func(t *testing.T) {
				var b, again bytes.Buffer
				if err := f.write(&b, df); err != nil {
					t.Fatal(err)
				}
				if err := f.write(&again, df); err != nil || !bytes.Equal(b.Bytes(), again.Bytes()) {
					t.Errorf("written twice the bytes differ (%v)", err)
				}
				got, err := f.read(&b)
				if err != nil {
					t.Fatal(err)
				}
				same(t, got, df)
			})
		}
	}
}

func TestParquetFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "frame.parquet")
	if err := arrow.WriteParquetFile(path, mixed()); err != nil {
		t.Fatal(err)
	}
	got, err := arrow.ReadParquetFile(path)
	if err != nil {
		t.Fatal(err)
	}
	same(t, got, mixed())
	for _, err := range []error{arrow.WriteParquetFile(filepath.Join(path, "x"), mixed()), second(arrow.ReadParquetFile(path + "x"))} {
		if err == nil || !strings.Contains(err.Error(), path) {
			t.Errorf("%v, want the file's name", err)
		}
	}
}

func second(_ dataframe.DataFrame, err error) error { return err }

func TestRecord(t *testing.T) {
	record, err := arrow.ToRecord(mixed())
	if err != nil {
		t.Fatal(err)
	}
	defer record.Release()
	got, err := arrow.FromRecord(record)
	if err != nil {
		t.Fatal(err)
	}
	same(t, got, mixed())
}

func same(t *testing.T, got, want dataframe.DataFrame) {
	t.Helper()
	if fmt.Sprint(got.Names(), got.Types(), got.Nrow()) != fmt.Sprint(want.Names(), want.Types(), want.Nrow()) {
		t.Fatalf("got %v %v %d, want %v %v %d", got.Names(), got.Types(), got.Nrow(), want.Names(), want.Types(), want.Nrow())
	}
	a, b := dataframe.Records(got), dataframe.Records(want)
	for r := range b {
		for c := range b[r] {
			x, y := a[r][c], b[r][c]
			f, ok := x.(float64)
			g, _ := y.(float64)
			if ok && math.Float64bits(f) != math.Float64bits(g) || x != y {
				t.Errorf("row %d column %d is %#v, want %#v", r, c, x, y)
			}
		}
	}
}

func TestDamagedFiles(t *testing.T) {
	for format, f := range formats {
		var b bytes.Buffer
		if err := f.write(&b, mixed()); err != nil {
			t.Fatal(err)
		}
		for _, text := range []string{"", "not a file at all", b.String()[:b.Len()/2]} {
			if _, err := f.read(strings.NewReader(text)); err == nil || !strings.HasPrefix(err.Error(), "arrow: ") {
				t.Errorf("%s of %d bytes: error %v", format, len(text), err)
			}
		}
	}
}

func ExampleWriteParquet() {
	var file bytes.Buffer
	if err := arrow.WriteParquet(&file, dataframe.FromSlice([]float64{0.1, 0.2})); err != nil {
		fmt.Println(err)
		return
	}
	df, err := arrow.ReadParquet(&file)
	fmt.Println(dataframe.Floats(df, "0"), err)
	// Output: [0.1 0.2] <nil>
}

func ExampleWriteIPC() {
	var file bytes.Buffer
	if err := arrow.WriteIPC(&file, dataframe.FromSlice([]string{"a", "NaN"})); err != nil {
		fmt.Println(err)
		return
	}
	df, err := arrow.ReadIPC(&file)
	fmt.Println(dataframe.Strings(df, "0"), err)
	// Output: [a NaN] <nil>
}
