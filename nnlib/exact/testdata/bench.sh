#!/bin/sh
# Prints package exact beside OpenBLAS (libopenblas-dev) and PyTorch, on 1 and 2 threads: bench.sh [-rounds n] [-only regexp].
#   TORCH=python3 nnlib/exact/testdata/bench.sh
#   ISA="best avx2" THREADS=1 TORCH=python3 nnlib/exact/testdata/bench.sh -only '^[a-z0-9]+$'    the functions, with all this CPU has and with AVX2 only
# TORCH names a python that has PyTorch (pip install torch); without it that table is left out. The contestants take turns, and the ratios are
# medians over the rounds, so that other work on the machine disturbs both alike. OpenBLAS chooses its kernels by the CPU, whatever the environment
# says of them, and the table names them.
set -eu
cd "$(dirname "$0")"
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
gcc -O2 -o "$tmp/openblas" bench_openblas.c -lopenblas
go build -o "$tmp/bench" ./bench
for isa in ${ISA:-best}; do
  [ "$isa" != avx2 ] || export GODEBUG=cpu.avx512f=off ATEN_CPU_CAPABILITY=avx2
  for threads in ${THREADS:-1 2}; do
    env -u OPENBLAS_CORETYPE -u OPENBLAS_L2_SIZE "$tmp/bench" -threads "$threads" -openblas "$tmp/openblas" -torch "${TORCH:-}" "$@"
  done
done
