#!/usr/bin/env bash
# compilers.sh FLYT: gcc and clang, without and with optimisation (FLYT_LONG=1: each with each), give
# the content digests that the program under test gives. The builds leave tests out and share nothing with it.
set -eu
flyt=$1
src=$FLYT_SOURCE_DIR
if ! command -v clang >/dev/null; then
    echo "clang is missing" >&2
    [ "${FLYT_REQUIRE_CLIENTS:-0}" = 1 ] && exit 1
    exit 77
fi

digest() { # PROGRAM SCENARIO MONTHS -> content digest of a year after so many months of standing still
    "$1" run "$src/scenarios/$2" --years 1 --set "standstill.months=$3" --replicate 3 -o out.h5 --lang en |
        sed -n 's/^content digest //p'
}

build() { # NAME COMPILER FLAGS
    cmake -S "$src" -B "$1" -G Ninja -DCMAKE_C_COMPILER="$2" -DCMAKE_BUILD_TYPE=None \
        -DCMAKE_C_FLAGS="$3" -DBUILD_TESTING=OFF >"$1.log" 2>&1 &&
        ninja -C "$1" flyt >>"$1.log" 2>&1 || { tail -20 "$1.log"; exit 1; }
}

tiny=$(digest "$flyt" tiny 24)
fyn=$(digest "$flyt" fyn 3)
[ ${#tiny} -eq 64 ] && [ ${#fyn} -eq 64 ] || { echo "no digest from $flyt"; exit 1; }
variants=("gcc-O0 gcc -O0" "clang-O3 clang -O3 -march=native")
if [ "${FLYT_LONG:-0}" = 1 ]; then
    variants+=("gcc-O3 gcc -O3 -march=native" "clang-O0 clang -O0")
fi
for variant in "${variants[@]}"; do
    read -r name compiler flags <<<"$variant"
    build "$name" "$compiler" "$flags"
    got=$(digest "$name/flyt" tiny 24)
    echo "$name tiny $got"
    [ "$got" = "$tiny" ] || { echo "expected $tiny"; exit 1; }
    case $flags in *O3*) # without optimisation Funen takes too long
        got=$(digest "$name/flyt" fyn 3)
        echo "$name fyn $got"
        [ "$got" = "$fyn" ] || { echo "expected $fyn"; exit 1; }
        ;;
    esac
done
