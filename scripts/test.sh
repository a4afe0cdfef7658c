#!/usr/bin/env bash
# scripts/test.sh: installs what is missing, builds and runs the tests: the unit tests under the
# address and undefined-behaviour sanitizers, then everything on the program users run. The last
# lines are ctest's summary. Fails when a test fails, is skipped, or when there is none.
. "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

# run_tests PRESET [CTEST OPTION...]: ctest's own failures, plus: none run, or one skipped.
run_tests() {
    local preset=$1 log=build/$1-tests.log code=0
    shift
    ctest --preset "$preset" --no-tests=error -j "$(nproc)" "$@" </dev/null 2>&1 | tee "$log" ||
        code=$?
    grep -qE '^[0-9]+% tests passed, [0-9]+ tests failed out of [1-9]' "$log" || {
        say "ctest ran no test"
        return 1
    }
    if grep -qE '^The following tests did not run|\*\*\*(Skipped|Not Run)' "$log"; then
        say "a test was skipped: here none may be"
        return 1
    fi
    return "$code"
}

set -o pipefail
export FLYT_REQUIRE_CLIENTS=1 # a test that needs h5py, xarray or ncdump fails without it
start=$SECONDS

stage "Packages" need run build test
stage "Build with sanitizers" build asan
stage "Unit tests with sanitizers" run_tests asan -R "^test_"
stage "Build" build release
say "== Tests (after $((SECONDS - start)) s)"
run_tests release
