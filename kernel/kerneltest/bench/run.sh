#!/bin/sh
# Prints the tables: reprise, gophernotes and ipykernel in turn, seen by the Go client and by jupyter_client,
# there in pairs and then all together.
#
#   REPRISE_PYTHON=… kernel/kerneltest/bench/run.sh [rounds]     # a Python with ipykernel and jupyter_client
#
# gophernotes v0.7.5 panics at its start when it is built with a current Go (gomacro: unsupported types.Type),
# so it is built, unchanged, with the last Go that it knows.
set -e
cd "$(dirname "$0")/../../.."
python=${REPRISE_PYTHON:-python3}
rounds=${1:-5}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
go build -o "$tmp/reprise" .
mkdir "$tmp/gophernotes"
(
	cd "$tmp/gophernotes"
	printf 'module peer\n\ngo 1.20\n\nrequire github.com/gopherdata/gophernotes v0.7.5\n' > go.mod
	GOFLAGS=-mod=mod GOTOOLCHAIN=go1.21.13 GONOSUMDB=github.com/cosmos72/gomacro go build -o gophernotes github.com/gopherdata/gophernotes
)
JUPYTER_DATA_DIR=$tmp/jupyter "$tmp/reprise" install > /dev/null
for peer in "gophernotes $tmp/gophernotes/gophernotes {connection_file}" "ipykernel $python -m ipykernel_launcher -f {connection_file}"; do
	name=${peer%% *}
	mkdir -p "$tmp/jupyter/kernels/$name"
	printf '{"argv": ["%s"], "display_name": "%s", "language": "%s"}' "$(echo "${peer#* }" | sed 's/ /", "/g')" "$name" "$name" > "$tmp/jupyter/kernels/$name/kernel.json"
done
go run ./kernel/kerneltest/bench -rounds "$rounds" \
	-kernel "reprise=$tmp/reprise kernel {connection_file}" \
	-kernel "gophernotes=$tmp/gophernotes/gophernotes {connection_file}" \
	-kernel "ipykernel=$python -m ipykernel_launcher -f {connection_file}"
for how in "" --together; do
	JUPYTER_PATH=$tmp/jupyter "$python" kernel/kerneltest/bench/twin.py $how "$rounds" reprise gophernotes ipykernel 2> /dev/null
done
