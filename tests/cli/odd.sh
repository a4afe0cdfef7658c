#!/usr/bin/env bash
# docs/ODD.md lists every file with a marked assumption, and names none that has none or is not there.
set -eu
cd "$FLYT_SOURCE_DIR"
grep -rl 'ASSUMPTION:' --include='*.[ch]' --exclude-dir=policies models sim | sort >"$2/marked"
sed -n '/^## Assumptions/,$p' docs/ODD.md | grep -oP '\| `\Kmodels/[a-z_/]+\.[ch](?=` \|$)' | sort -u >"$2/listed"
[ -s "$2/marked" ]
diff "$2/marked" "$2/listed"
grep -oP '`flyt [a-z]+' docs/ODD.md | sort -u | while read -r _ command; do
    "$1" "$command" --help >/dev/null
done
