#!/bin/sh
# Prints package exact beside OpenBLAS (and PyTorch, when TORCH names a python that has it), on 1 and 2 threads:
#   TORCH=python3 nnlib/exact/testdata/bench.sh
set -e
cd "$(dirname "$0")"
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
gcc -O2 -o "$tmp/openblas" bench_openblas.c -lopenblas
go build -o "$tmp/bench" ./bench
for threads in ${THREADS:-1 2}; do
  "$tmp/bench" -threads "$threads" -openblas "$tmp/openblas" -torch "$TORCH" "$@"
done
