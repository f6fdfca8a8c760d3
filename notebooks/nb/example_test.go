package nb_test

import (
	"fmt"
	"os"

	"reprise/notebooks/nb"
)

func ExampleDecode() {
	n, err := nb.Decode([]byte(`{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [
		{"cell_type": "markdown", "id": "a", "metadata": {"tags": ["intro"]}, "source": ["# One\n", "two"]}]}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%q %v\n", n.Cells[0].Source, n.Cells[0].HasTag("intro"))
	_, err = nb.Decode([]byte(`{"nbformat": 3, "nbformat_minor": 0}`))
	fmt.Println(err)
	// Output:
	// "# One\ntwo" true
	// nbformat 3.0: convert it with `jupyter nbconvert --to notebook`
}

func ExampleNotebook_Encode() {
	n := &nb.Notebook{Minor: 5, Cells: []*nb.Cell{{Type: nb.Raw, ID: "a", Source: "é\n"}}}
	os.Stdout.Write(n.Encode())
	// Output:
	// {
	//  "cells": [
	//   {
	//    "cell_type": "raw",
	//    "id": "a",
	//    "metadata": {},
	//    "source": [
	//     "é\n"
	//    ]
	//   }
	//  ],
	//  "metadata": {},
	//  "nbformat": 4,
	//  "nbformat_minor": 5
	// }
}
