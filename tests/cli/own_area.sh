#!/usr/bin/env bash
# docs/own-area.md, followed word by word: its commands work, its mistakes get the messages it shows.
set -eu
flyt=$1
guide=$FLYT_SOURCE_DIR/docs/own-area.md
command -v gnuplot >/dev/null || { echo "gnuplot is not installed"; exit 77; }
ln -s "$FLYT_SOURCE_DIR/scenarios" scenarios
mkdir -p build/release
ln -s "$flyt" build/release/flyt
export LC_ALL=C.UTF-8

# the blocks of a kind of a part of the guide, each ended by a line "# end"
blocks() {
    sed -n "$2" "$guide" | sed -n "/^\`\`\`$1\$/,/^\`\`\`\$/{/^\`\`\`$1\$/d;s/^\`\`\`\$/# end/;p}"
}
blocks sh '1,/^## Five/p' >steps.sh
[ "$(grep -c '^# end' steps.sh)" = 6 ]
# shellcheck disable=SC1091 # made above
. ./steps.sh >said
grep -q 'areas (5), sections (20), places (9)' said
grep -q '^Havnen .*20.00' said
for figure in composition criteria decomposition; do
    grep -q "my-area-plots/$figure.png" said && [ -s "my-area-plots/$figure.gp" ]
done

blocks sh '/^## Five/,$p' | grep -v '^# end' >mistakes
blocks text '/^## Five/,$p' | grep -v '^# end' >messages
[ "$(wc -l <mistakes)" = 5 ] && [ "$(wc -l <messages)" = 5 ]
cp -r my-area sound
while IFS= read -r mistake <&3 && IFS= read -r message <&4; do
    rm -rf my-area
    cp -r sound my-area
    eval "$mistake"
    diff -rq my-area sound >/dev/null && { echo "no mistake: $mistake"; exit 1; }
    set +e
    flyt check my-area >/dev/null 2>said
    code=$?
    set -e
    [ $code = 65 ] && diff said - <<<"$message" || { echo "$mistake"; exit 1; }
done 3<mistakes 4<messages

# the Danish guide: its example gives the same tables, and what it quotes is what is said
danish=$FLYT_SOURCE_DIR/docs/vejledning.md
rm -rf my-area
sed -n '/^    cp -r scenarios\/tiny/,/^    flyt check/s/^    //p' "$danish" | grep -v '^flyt' >steps.sh
# shellcheck disable=SC1091 # made above
. ./steps.sh
for table in areas sections places; do
    diff <(tail -n 2 sound/$table.csv) <(tail -n 2 mit-omraade/$table.csv | sed 's/egen optælling/my own count/')
done
n=0
while IFS= read -r mistake <&3 && IFS= read -r message <&4; do
    rm -rf my-area
    cp -r sound my-area
    eval "$mistake"
    flyt check my-area --lang da >/dev/null 2>said || true
    grep -qF "$message" said || { echo "the guide says: $message"; cat said; exit 1; }
    n=$((n + 1))
done 3<mistakes 4< <(sed -n 's/^| [^|]* | `\(.*\)` |$/\1/p' "$danish" | tail -5)
[ $n = 5 ]
for figure in $(sed -n 's/^| `\([a-z]*\)` | .*/\1/p' "$danish"); do
    flyt plot --help --lang da | grep -q "\b$figure\b" || { echo "no figure $figure"; exit 1; }
done
