#!/bin/sh
# Prints how far the float64 functions are from MPFR (libmpfr-dev, libgmp-dev): accuracy.sh [-samples n] [-seed n].
set -eu
cd "$(dirname "$0")"
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
gcc -O2 -o "$tmp/check" check_accuracy.c -lmpfr -lgmp -lm
go run ./accuracy "$@" > "$tmp/samples"
"$tmp/check" < "$tmp/samples"
