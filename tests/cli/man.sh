#!/usr/bin/env bash
# Manual pages are made from the help: one of the program, one of each command, with every option.
set -eu
flyt=$1
command -v help2man >/dev/null || { echo "help2man is not installed"; exit 77; }
"$FLYT_SOURCE_DIR/scripts/man-pages.sh" "$flyt" made
"$flyt" --help --lang en | sed -n '/^Commands:/,/^$/s/^  \([a-z]\+\) .*/\1/p' >commands
[ -s commands ]
grep -q '^flyt \\- simulate who moves where' made/flyt.1
while read -r command; do
    page=made/flyt-$command.1
    grep -q "^flyt-$command \\\\- " "$page" || { echo "$page has no name"; exit 1; }
    grep -q "^.TH FLYT-${command^^} " "$page"
    "$flyt" "$command" --help --lang en | grep -oP '^  (-\w,|   ) \K--[a-z0-9-]+' | sed 's/-/\\-/g' |
        while read -r option; do
            grep -qF "fB$option\\fR" "$page" || { echo "$page lacks $option"; exit 1; }
        done
done <commands
[ "$(find made -name '*.1' | wc -l)" -eq $(($(wc -l <commands) + 1)) ]
if command -v man >/dev/null; then
    said=$(LC_ALL=C.UTF-8 man --warnings -E UTF-8 -l -Tutf8 -Z made/*.1 2>&1 >/dev/null)
    [ -z "$said" ] || { echo "$said"; exit 1; }
fi

# what cannot be done is said
set +e
"$FLYT_SOURCE_DIR/scripts/man-pages.sh" missing made >/dev/null 2>said
[ $? = 64 ] && grep -q '^Usage' said || exit 1
