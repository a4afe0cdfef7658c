#!/usr/bin/env bash
# compilers.sh FLYT: gcc and clang, without and with optimisation, give the content digest that the
# program under test gives. The builds leave tests out and share nothing with it.
set -eu
flyt=$1
src=$FLYT_SOURCE_DIR
if ! command -v clang >/dev/null; then
    echo "clang is missing" >&2
    [ "${FLYT_REQUIRE_CLIENTS:-0}" = 1 ] && exit 1
    exit 77
fi

digest() { # PROGRAM -> content digest of a small run
    "$1" run "$src/scenarios/fyn" --set years=2 --set standstill.months=6 --replicate 3 -o out.h5 --lang en |
        sed -n 's/^content digest //p'
}

build() { # NAME COMPILER FLAGS
    cmake -S "$src" -B "$1" -G Ninja -DCMAKE_C_COMPILER="$2" -DCMAKE_BUILD_TYPE=None \
        -DCMAKE_C_FLAGS="$3" -DBUILD_TESTING=OFF >"$1.log" 2>&1 &&
        ninja -C "$1" flyt >>"$1.log" 2>&1 || { tail -20 "$1.log"; exit 1; }
}

expected=$(digest "$flyt")
[ ${#expected} -eq 64 ] || { echo "no digest from $flyt"; exit 1; }
for variant in "gcc-O0 gcc -O0" "gcc-O3 gcc -O3 -march=native" "clang-O0 clang -O0" \
    "clang-O3 clang -O3 -march=native"; do
    read -r name compiler flags <<<"$variant"
    build "$name" "$compiler" "$flags"
    got=$(digest "$name/flyt")
    echo "$name $got"
    [ "$got" = "$expected" ] || { echo "expected $expected"; exit 1; }
done
