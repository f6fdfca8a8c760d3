// Reprise is a Jupyter kernel for Go in which every experiment can be played again and gives the same bits.
package main

func main() {}
