#!/usr/bin/env bash
# The README's table of commands is that of `flyt --help`.
set -eu
flyt=$1
"$flyt" --help --lang en | sed -n '/^Commands:/,/^$/s/^  \([a-z]\+\) .*/\1/p' | sort >has
grep -oP '^\| `flyt \K[a-z]+' "$FLYT_SOURCE_DIR/README.md" | sort >says
[ -s has ]
diff has says
