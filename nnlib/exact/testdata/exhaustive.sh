#!/bin/sh
# Checks every float32 function of package exact on all 2^32 arguments against MPFR: run.sh [step] [function...].
# A step of n takes every n-th block of 16384 arguments. All functions take some 20 minutes on two cores.
# The arguments nearest to a rounding boundary are added to $HARD when it names a file.
set -e
cd "$(dirname "$0")"
step=${1:-1}
[ $# -gt 0 ] && shift
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
gcc -O2 -o "$tmp/check" check_exhaustive.c -lmpfr -lgmp -lm
go build -o "$tmp/exhaustive" ./exhaustive
for f in ${*:-exp expm1 log log1p tanh sigmoid softplus erf gelu sin cos sqrt}; do
  start=$(date +%s)
  "$tmp/exhaustive" "$f" "$step" | HARD="$tmp/hard" "$tmp/check" "$f" "$step"
  echo "  $(($(date +%s) - start)) s"
  [ -z "$HARD" ] || cat "$tmp/hard" >> "$HARD"
done
