#!/usr/bin/env bash
# Wrong input never runs: every case of bad/cases.py gets its exit code, its faults with their
# places, and writes nothing.
set -eu
exec python3 "$FLYT_SOURCE_DIR/tests/cli/bad/run.py" "$1" "$2"
