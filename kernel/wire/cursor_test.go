package wire

import (
	"testing"
	"unicode/utf8"
)

func TestCursor(t *testing.T) {
	const family = "a👩‍👧é世" // a, woman, joiner, girl, e with a combining accent, world
	for _, tc := range []struct {
		text  string
		point int
		byte  int
	}{
		{"", 0, 0}, {"abc", 0, 0}, {"abc", 2, 2}, {"abc", 3, 3},
		{family, 1, 1}, {family, 2, 5}, {family, 3, 8}, {family, 4, 12},
	} {
		if got := ByteOffset(tc.text, tc.point); got != tc.byte {
			t.Errorf("ByteOffset(%q, %d) = %d; want %d", tc.text, tc.point, got, tc.byte)
		}
		if got := CodePoints(tc.text, tc.byte); got != tc.point {
			t.Errorf("CodePoints(%q, %d) = %d; want %d", tc.text, tc.byte, got, tc.point)
		}
	}
	for _, outside := range []int{-5, 99} {
		want := max(0, min(outside, 2))
		if b, p := ByteOffset("ab", outside), CodePoints("ab", outside); b != want || p != want {
			t.Errorf("%d is %d bytes, %d code points; want %d", outside, b, p, want)
		}
	}
	if got := CodePoints("世", 1); got != 0 {
		t.Errorf("in the middle of a code point: %d; want 0", got)
	}
}

func FuzzCursor(f *testing.F) {
	f.Add("fmt.Println(\"👩‍👧\")", 14)
	f.Add("\xff\x80\x80", 2)
	f.Add("", -1)
	f.Fuzz(func(t *testing.T, text string, n int) {
		b := ByteOffset(text, n)
		if b < 0 || b > len(text) {
			t.Fatalf("ByteOffset(%q, %d) = %d", text, n, b)
		}
		p := CodePoints(text, n)
		if p < 0 || p > utf8.RuneCountInString(text) {
			t.Fatalf("CodePoints(%q, %d) = %d", text, n, p)
		}
		if utf8.ValidString(text) && n >= 0 && n <= utf8.RuneCountInString(text) && CodePoints(text, b) != n {
			t.Fatalf("%d of %q is byte %d, which is %d", n, text, b, CodePoints(text, b))
		}
	})
}
