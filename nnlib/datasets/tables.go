package datasets

import (
	"bytes"
	"compress/gzip"
	"embed"
	"io"
	"strings"
)

//go:embed data
var data embed.FS

// Iris returns 150 irises of three species, 50 of each: Fisher's data of 1936.
func Iris() *Dataset {
	return shipped("iris", "data/iris.csv", "species", "R. A. Fisher, 1936; UCI archive, doi 10.24432/C56C76, CC BY 4.0")
}

// Wine returns 178 wines of three cultivars and 13 measurements of each.
func Wine() *Dataset {
	return shipped("wine", "data/wine.csv", "cultivar", "S. Aeberhard and M. Forina, UCI archive, doi 10.24432/C5PC7J, CC BY 4.0")
}

// Digits returns 1,797 handwritten digits, each of 8 by 8 pixels from 0 to 16.
func Digits() *Dataset {
	return shipped("digits", "data/digits.csv.gz", "digit", "E. Alpaydin and C. Kaynak, UCI archive, doi 10.24432/C50P49, CC BY 4.0")
}

// Penguins returns the 342 of 344 penguins of three species whose bill, flipper and
// mass were measured.
func Penguins() *Dataset {
	const about = "A. M. Horst, A. P. Hill and K. B. Gorman, palmerpenguins, doi 10.5281/zenodo.3960218, CC0 1.0"
	text := read("data/penguins.csv")
	var kept []string
	for _, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		f := strings.Split(line, ",")
		row := []string{f[2], f[3], f[4], f[5], f[0]} // without island, sex and year
		if f[2] != "NA" {
			kept = append(kept, strings.Join(row, ","))
		}
	}
	return parsed("penguins", strings.NewReader(strings.Join(kept, "\n")), "species", about)
}

// PenguinsCSV returns the whole table, with its texts and its missing values ("NA"), as CSV.
func PenguinsCSV() string { return string(read("data/penguins.csv")) }

// Sonnets returns eight sonnets of Shakespeare (1609), for models of letters.
func Sonnets() string { return string(read("data/sonnets.txt")) }

func shipped(name, path, target, about string) *Dataset {
	text := read(path)
	if strings.HasSuffix(path, ".gz") {
		z, err := gzip.NewReader(bytes.NewReader(text))
		if err == nil {
			text, err = io.ReadAll(z)
		}
		if err != nil {
			panic(err) // what is shipped is whole
		}
	}
	return parsed(name, bytes.NewReader(text), target, about)
}

func parsed(name string, r io.Reader, target, about string) *Dataset {
	d, err := ReadCSV(r, target)
	if err != nil {
		panic(err) // what is shipped is whole
	}
	d.Name, d.About = name, about
	return d
}

func read(path string) []byte {
	text, err := data.ReadFile(path)
	if err != nil {
		panic(err) // it is part of the program
	}
	return text
}
