#!/usr/bin/env bash
# Runs one Criterion program; fails when it fails, when it ran no test, or when a sanitizer wrote a
# report (a leak found after a test has passed does not fail that test by itself).
set -u
reports=$(mktemp -d)
trap 'rm -rf "$reports"' EXIT
export ASAN_OPTIONS="${ASAN_OPTIONS:-}:log_path=$reports/asan"
output=$("$1" -j1 2>&1)
code=$?
printf '%s\n' "$output"
if [ "$code" -eq 0 ] && ! grep -qE 'Tested: [1-9]' <<<"$output"; then
    echo "no test was run"
    exit 1
fi
if [ -n "$(ls -A "$reports")" ]; then
    cat "$reports"/*
    exit 1
fi
exit "$code"
