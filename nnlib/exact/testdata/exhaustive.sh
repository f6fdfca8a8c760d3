#!/bin/sh
# Checks every float32 function of package exact on all 2^32 arguments: exhaustive.sh [function...].
# The hash of the results has to be that of the correctly rounded ones in exhaustive.txt, with AVX-512, with AVX2 and in portable Go:
# an hour on one core, nearly all of it portable Go. PROVE=1 makes exhaustive.txt anew with MPFR first (libmpfr-dev, libgmp-dev; 15 minutes) and
# shows the first wrong results of this machine's kernels. The arguments nearest to a rounding boundary are added to the file HARD names.
set -eu
cd "$(dirname "$0")"
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
go build -o "$tmp/exhaustive" ./exhaustive
functions=${*:-exp expm1 log log1p tanh sigmoid softplus erf gelu sin cos sqrt}
if [ -n "${PROVE:-}" ]; then
  gcc -O2 -o "$tmp/check" check_exhaustive.c -lmpfr -lgmp -lm
  for f in $functions; do
    "$tmp/exhaustive" "$f" 1 write | HARD="$tmp/hard" "$tmp/check" "$f" 1 compare | tee "$tmp/out"
    [ -z "${HARD:-}" ] || cat "$tmp/hard" >> "$HARD"
    line=$(sed -n "s/^\($f [0-9a-f]*\) [0-9]* values, \([0-9]*\) decided.*/\1 \2/p" "$tmp/out")
    sed -i "s/^$f .*/$line/" exhaustive.txt
  done
fi
wrong=0
for f in $functions; do
  want=$(sed -n "s/^$f \([0-9a-f]*\) .*/\1/p" exhaustive.txt)
  for off in none cpu.avx512f cpu.all; do
    got=$(GODEBUG=$off=off "$tmp/exhaustive" "$f" | cut -d' ' -f2)
    [ "$got" = "$want" ] && verdict=right || { verdict=WRONG wrong=1; }
    echo "$f without $off: $verdict"
  done
done
exit $wrong
