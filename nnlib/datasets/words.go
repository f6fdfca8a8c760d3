package datasets

import (
	"fmt"
	"slices"
	"strings"

	"reprise/nnlib"
	"reprise/nnlib/rng"

	"gonum.org/v1/gonum/mat"
)

// Words of a review, by what they do. Numbers in Reviews: 0 is padding, 1 starts a
// review, 2 is "not", then come the words of feeling, then those without.
const (
	wordStart, wordNot  = 1, 2
	firstGood, firstBad = 3, 13
	firstPlain          = 23
)

// Reviews is made up in the form of Keras's IMDB set: a review is a row of words as
// numbers from 0 to vocabulary-1, common ones small, with zeros before it to fill the
// row; Y is 1 for a good one. A word of feeling counts for its side and, after "not",
// for the other; the sum decides, so that the order of words matters.
func Reviews(m Made, vocabulary, length int) *Dataset {
	n := m.samples(1)
	if vocabulary < firstPlain+2 || length < 8 {
		panic(fmt.Errorf("datasets: Reviews wants a vocabulary of at least %d and a length of at least 8, got %d and %d", firstPlain+2, vocabulary, length))
	}
	s := rng.Root(m.Seed).Stream("datasets", "reviews")
	set := &Dataset{Name: "reviews", X: mat.NewDense(n, length, nil), TargetNames: []string{"bad", "good"}}
	for j := range length {
		set.FeatureNames = append(set.FeatureNames, fmt.Sprintf("word%d", j))
	}
	for i := range n {
		words, good := review(s, vocabulary, length)
		for len(words) < length {
			words = slices.Insert(words, 0, 0)
		}
		set.X.SetRow(i, words)
		set.Y = append(set.Y, map[bool]float64{true: 1}[good])
	}
	return set
}

// review draws words until their sum is not zero.
func review(s *rng.Stream, vocabulary, length int) (words []float64, good bool) {
	for {
		words, sum := []float64{wordStart}, 0
		lean := 1 + 2*s.IntN(2) // out of 4 words of feeling, 1 or 3 are good
		for size := length/2 + s.IntN(length/2) - 1; len(words) < size; {
			if s.IntN(4) > 0 {
				words = append(words, float64(plainWord(s, vocabulary)))
				continue
			}
			side, word := -1, firstBad+s.IntN(10)
			if s.IntN(4) < lean {
				side, word = 1, firstGood+s.IntN(10)
			}
			if s.IntN(5) == 0 {
				words, side = append(words, wordNot), -side
			}
			words, sum = append(words, float64(word)), sum+side
		}
		if sum != 0 {
			return words, sum > 0
		}
	}
}

// plainWord draws small numbers more often, about as one over the number.
func plainWord(s *rng.Stream, vocabulary int) int {
	most := vocabulary - firstPlain
	for range 3 {
		most = 1 + s.IntN(most)
	}
	return firstPlain + most - 1
}

// Characters cuts a text into windows for a model that says the next letter: X is
// [windows length] numbers of letters in alphabet, y the number of the letter after
// each. The text must be longer than length.
func Characters(text string, length int) (X, y *nnlib.Tensor, alphabet []string) {
	letters := strings.Split(text, "")
	n := len(letters) - length
	if length < 1 || n < 1 {
		panic(fmt.Errorf("datasets: Characters wants a text longer than the length, got %d letters and %d", len(letters), length))
	}
	alphabet = slices.Clone(letters)
	slices.Sort(alphabet)
	alphabet = slices.Compact(alphabet)
	numbers := make([]float32, len(letters))
	for i, l := range letters {
		k, _ := slices.BinarySearch(alphabet, l)
		numbers[i] = float32(k)
	}
	X, y = nnlib.NewTensor(n, length), nnlib.NewTensor(n)
	for i := range n {
		copy(X.Data[i*length:(i+1)*length], numbers[i:i+length])
		y.Data[i] = numbers[i+length]
	}
	return X, y, alphabet
}
