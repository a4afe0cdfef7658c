#!/usr/bin/env bash
# scripts/lint.sh: formatting (clang-format), doubtful code (clang-tidy), shell scripts (shellcheck).
# Changes nothing; `clang-format -i FILE` formats a file.
. "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

stage "Packages" need build test long
mapfile -t sources < <(git ls-files '*.c')
mapfile -t headers < <(git ls-files '*.h')
mapfile -t scripts < <(git ls-files '*.sh' .ci/run)

tidy() {
    cmake --preset dev >build/dev.log
    # headers are seen through the sources that include them (HeaderFilterRegex in .clang-tidy); what the
    # analyzer finds is shown to be judged (it cannot see that a failed handle guards a null pointer)
    printf '%s\0' "${sources[@]}" |
        xargs -0 -n 4 -P "$(nproc)" clang-tidy -p build/dev --quiet --warnings-as-errors='*,-clang-analyzer-*'
}

stage "Format" clang-format --dry-run -Werror "${sources[@]}" "${headers[@]}"
stage "Shell" shellcheck -S warning -x -P SCRIPTDIR "${scripts[@]}"
stage "clang-tidy" tidy
say "Nothing to complain of."
