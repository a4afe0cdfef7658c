#!/usr/bin/env bash
# The bits of 10^6 results of exp and log are the golden ones from gcc and clang, with and without
# optimisation, for this processor and for any, alone and in arrays. Every result hangs on them.
set -eu
source_dir=$FLYT_SOURCE_DIR
golden=$(cut -d ' ' -f 1 "$source_dir/tests/golden/num_bits.sha256")
compilers=()
for compiler in gcc clang; do
    if command -v "$compiler" >/dev/null; then
        compilers+=("$compiler")
    elif [ -n "${FLYT_REQUIRE_CLIENTS:-}" ]; then
        echo "$compiler is missing"
        exit 1
    fi
done
[ "${#compilers[@]}" -gt 0 ] || exit 77

wrong=0
for compiler in "${compilers[@]}"; do
    for flags in "-O0" "-O2" "-O3" "-O3 -march=native"; do
        # shellcheck disable=SC2086 # the flags are words
        "$compiler" -std=c11 -ffp-contract=off $flags -I "$source_dir" \
            "$source_dir/tests/golden/num_bits.c" "$source_dir/sim/num.c" -lm -o num_bits
        for kind in single arrays; do
            digest=$(./num_bits "$kind" | sha256sum | cut -d ' ' -f 1)
            if [ "$digest" != "$golden" ]; then
                echo "$compiler $flags, $kind: $digest instead of $golden"
                wrong=1
            fi
        done
    done
done
exit "$wrong"
