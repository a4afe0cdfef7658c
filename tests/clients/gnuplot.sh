#!/usr/bin/env bash
# Pictures of a run whose municipalities bear names that bite, in both languages; nothing runs.
set -eu
. "$(dirname "$0")/common.bash"
need_program gnuplot gnuplot-nox
cp -r "$source_dir/scenarios/fyn" odd
sed -i -e 's/Langeland/EOD/g' -e 's/Nyborg/`touch hacked`/g' \
    -e "s/Assens/'; system('touch hacked') #/g" -e 's/Kerteminde/50% @{Q}_^/g' \
    odd/*.csv odd/*/*.csv
"$flyt" run odd -o odd.h5 --quiet --replicates 2 --set years=2 --set standstill.months=0
for lang in en da; do
    "$flyt" plot odd.h5 -o "$lang" --lang $lang --quiet
    "$flyt" plot odd.h5 -o "$lang" --lang $lang --quiet --format png
    for figure in vacancies moves waiting letting prices flows decomposition segregation isolation theil gini; do
        head -c 5 "$lang/$figure.svg" | grep -q '<?xml' || { echo "$lang/$figure.svg"; exit 1; }
        head -c 4 "$lang/$figure.png" | grep -q PNG || { echo "$lang/$figure.png"; exit 1; }
    done
done
grep -q 'touch hacked' en/waiting.svg || { echo "the odd name is not in the picture"; exit 1; }
grep -q 'Ærø' da/waiting.svg || { echo "no Ærø in the picture"; exit 1; }
grep -q 'of 106 start values are published' en/moves.svg || { echo "no share of published values"; exit 1; }
grep -q 'af 106 startværdier er offentliggjort' da/moves.svg || { echo "no Danish share"; exit 1; }
(cd en && cp moves.png was.png && gnuplot moves.gp && cmp was.png moves.png)
[ -z "$(find . -name hacked)" ] || { echo "a name was run as a command"; exit 1; }

# what is wrong is said with the right code
expect() {
    local want=$1 part=$2
    shift 2
    set +e
    "$@" >said.txt 2>&1
    local code=$?
    set -e
    [ $code = "$want" ] && grep -q "$part" said.txt || { echo "$*: exit $code"; cat said.txt; exit 1; }
}
expect 64 'did you mean moves' "$flyt" plot odd.h5 mves
expect 64 'svg, png, pdf' "$flyt" plot odd.h5 --format tiff
expect 66 'cannot be read' "$flyt" plot missing.h5
expect 65 'is no Flyt result' "$flyt" plot odd/scenario.yaml
expect 73 'cannot be created' "$flyt" plot odd.h5 -o odd.h5/pictures
expect 73 'odd.h5 is no folder; name the folder of the pictures' "$flyt" plot odd.h5 -o odd.h5
expect 73 'odd.h5 er ikke en mappe' "$flyt" export odd.h5 -o odd.h5 --lang da
expect 64 'x.png is named like a file; name the folder' "$flyt" plot odd.h5 moves -o x.png
expect 64 'x.csv hedder som en fil; angiv mappen til tabellerne' \
    "$flyt" export odd.h5 -o x.csv --lang da
[ ! -e x.png ] && [ ! -e x.csv ] || { echo "a folder was made all the same"; exit 1; }
mkdir empty
expect 69 'apt-get install gnuplot-nox' env PATH="$folder/empty" "$flyt" plot odd.h5 -o other
[ ! -e other ] || { echo "a failed plot left files"; exit 1; }
