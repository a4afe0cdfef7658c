#!/usr/bin/env bash
# scripts/test-long.sh [MINUTES]: the slow suites, MINUTES of fuzzing for each target (default 2):
# all tests under the sanitizers, races, killed runs, fuzzing. A suite that does not exist is named as
# absent, never as passed. The last line is the summary.
. "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

minutes=${1:-2}
case $minutes in
'' | *[!0-9]*) fail "MINUTES is a whole number, not '$minutes'" ;;
esac
passed=() failed=() absent=()

exist() {
    compgen -G "$1" >/dev/null
}

# suite NAME COMMAND...
suite() {
    local name=$1 start=$SECONDS
    shift
    say "== $name"
    # a subshell with its own set -e: `if` would switch the outer one off
    set +e
    (
        set -e
        "$@"
    )
    local code=$?
    set -e
    if [ "$code" -eq 0 ]; then
        passed+=("$name")
    else
        failed+=("$name")
    fi
    say "   $name: $((SECONDS - start)) s"
}

all_with_sanitizers() {
    build asan
    ctest --preset asan --no-tests=error -j "$(nproc)"
}

# Plain programs built by clang with libomp: libgomp and Criterion cannot be watched for races.
races() {
    local targets=() source
    for source in tests/race/race_*.c; do
        source=${source##*/}
        targets+=("${source%.c}")
    done
    build tsan "${targets[@]}"
    ctest --preset tsan --no-tests=error -R '^race_'
    say "A race on purpose must be seen:"
    if TSAN_OPTIONS=ignore_noninstrumented_modules=1 build/tsan/tests/race/race_par racy 2>/dev/null; then
        say "the sanitizer saw no race in a program that has one"
        return 1
    fi
}

kills() {
    build release
    FLYT_LONG=1 ctest --preset release --no-tests=error -R '^(fault|golden|slurm)_|^test_checkpoint$'
}

fuzzing() {
    build fuzz
    local target name found=0
    while IFS= read -r target; do
        found=1
        name=${target##*/fuzz_}
        mkdir -p "build/fuzz/corpus/$name"
        local corpora=("build/fuzz/corpus/$name")
        if [ -d "tests/fuzz/corpus/$name" ]; then
            corpora+=("tests/fuzz/corpus/$name")
        fi
        "$target" -timeout=10 -max_total_time=$((minutes * 60)) -print_final_stats=1 "${corpora[@]}"
    done < <(find build/fuzz -type f -name 'fuzz_*' -perm -u+x | sort)
    [ "$found" -eq 1 ]
}

stage "Packages" need run build test long
export FLYT_REQUIRE_CLIENTS=1
suite "sanitizers" all_with_sanitizers
if exist 'tests/race/race_*.c'; then suite "races" races; else absent+=("races"); fi
if exist 'tests/fault/*.sh'; then suite "kills" kills; else absent+=("kills"); fi
if exist 'tests/fuzz/fuzz_*.c'; then suite "fuzzing" fuzzing; else absent+=("fuzzing"); fi

say "passed: ${passed[*]:-none}; failed: ${failed[*]:-none}; absent: ${absent[*]:-none};" \
    "$SECONDS s in all"
[ "${#failed[@]}" -eq 0 ]
