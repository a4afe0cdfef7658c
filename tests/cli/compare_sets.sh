#!/usr/bin/env bash
# `flyt compare --rows`: several sets of parameters at once are each what --row gives alone.
set -eu
flyt=$1 scenarios=$FLYT_SOURCE_DIR/scenarios
cd "$2"
export LC_ALL=C

. "$FLYT_SOURCE_DIR/tests/cli/common.bash"
cat >sets.csv <<'CSV'
set,search.owner,search.private_rental
1,0.05,0.45
2,0.15,0.9
3,0.10,0.6
CSV
run() { # run FOLDER OPTIONS...: a comparison, its page beside the folder
    "$flyt" compare "$scenarios/tiny" social_lift --set standstill.months=0 -n 2 -y 2 -q --lang en \
        --set policies.social_lift.intake=300 --set-file sets.csv -o "$@" >"$1.txt"
}

# one row is what --row gives, tracking and all
run row --row 3
run rows --rows 3
sed 's/^row\//rows\//' row.txt | cmp - rows.txt
for table in compare tracking leakage; do
    cmp row/$table.csv rows/$table.csv
done

# each of several is what --row gives with the seed of its own that sets.csv names
run many --rows 3,1-2
[ "$(cut -d, -f1 many/sets.csv | uniq | tr '\n' ' ')" = "row 3 1 2 " ]
[ ! -e many/tracking.csv ]
seed=$(awk -F, '$1 == 3 { print $2; exit }' many/sets.csv)
for row in 1 2 3; do
    found=$(awk -F, -v row=$row '$1 == row { print $2; exit }' many/sets.csv)
    [ "$found" = $(((seed + row - 3) & 0xffffffff)) ] # modulo 2^32
    run one$row --row $row --seed "$found"
    grep "^$row," many/sets.csv | cut -d, -f3- >set.csv
    tail -n +2 one$row/compare.csv | cmp - set.csv
done
for a in 1 2; do
    if cmp -s one$a/compare.csv one3/compare.csv; then
        echo "sets $a and 3 are the same"; exit 1
    fi
done

# and together they are the mean of the sets, on any number of threads
mean=$(awk -F, '$5 == "outside_work" && $7 == 2025 { sum += $11 } END { printf "%.6f", sum / 3 }' many/sets.csv)
grep '^social_lift,change,outside_work,%,2025,6,' many/compare.csv >pooled.txt
awk -F, -v mean="$mean" '{ exit sprintf("%.6f", $9) != mean || $14 != 3 || $15 < $10 || $16 > $11 }' pooled.txt
grep -q "^end of 2025, after 2 of 2 years; 3 sets of 2 pairs" many.txt
grep -q "chance alone        and parameters  how sure" many.txt
run all --rows all -t 1
run other --rows 1-3 -t 2
cmp all/compare.csv other/compare.csv
grep -q '5:6 with filledcurves' many/compare.gp && [ -s many/compare.svg ]

# columns of a policy's parameters: as --set says them
printf 'x,search.owner,policies.social_lift.intake,policies.social_lift.almen\n1,0.05,300,yes\n2,0.15,900,no\n' >ends.csv
ends() {
    "$flyt" compare "$scenarios/tiny" social_lift --set standstill.months=0 -n 2 -y 1 -q --set-file ends.csv "$@" >said.txt
}
ends --rows all --seed 5 -o varied
"$flyt" check "$scenarios/tiny" --set policies.social_lift=yes --set-file ends.csv --row 2 --lang en >said.txt
grep -q "^search.owner: 0.15 " said.txt
grep -q "^columns of --set-file that are no parameters: x$" said.txt
grep -q "^policies.social_lift: 2024 to 20[0-9]*$" said.txt
grep -q "^policies.social_lift.intake: 900 (default " said.txt
grep -q "^policies.social_lift.almen: no (default " said.txt
"$flyt" check "$scenarios/tiny" --set policies.social_lift.ramp=2 --set policies.social_lift.from=2025 --lang da >said.txt
grep -q "^policies.social_lift: 2025 til 20[0-9]*; ramp: 2$" said.txt
refuses 64 "there is no row 3; ends.csv has rows 1 to 2" check "$scenarios/tiny" --set-file ends.csv --row 3
printf 'policies.social_lift.age_from\n18\n70\n' >ages.csv
refuses 65 "nobody is old enough and young enough" check "$scenarios/tiny" --set-file ages.csv --row 2
printf 'search.owner\n0.15\n' >ends.csv
ends --set policies.social_lift.intake=900 --set policies.social_lift.almen=no --seed 6 -o said
grep "^2,6," varied/sets.csv | cut -d, -f3- >two.txt
tail -n +2 said/compare.csv | cmp - two.txt
if grep "^1," varied/sets.csv | cut -d, -f3- | cmp -s - two.txt; then exit 1; fi

# all combinations, and what it will take
"$flyt" compare "$scenarios/tiny" social_lift flexible_letting --set standstill.months=0 -n 2 -y 1 -q \
    --factorial --set-file sets.csv --rows 1,3 -o factorial --lang da >factorial.txt
grep -q "2 sæt à 2 par" factorial.txt
head -1 factorial/factorial.csv | grep -q ',effect,low,high,chance_low,chance_high,sets_spread,sets$'
grep -q '^outside_work,%,2024,4,social_lift+flexible_letting,2,points,.*,2$' factorial/factorial.csv

# all together less the sum of each alone needs no more than each and all: the same numbers
"$flyt" compare "$scenarios/tiny" social_lift flexible_letting --set standstill.months=0 -n 2 -y 1 -q \
    --set-file sets.csv --rows 1,3 -o plain --lang da >plain.txt
grep -q " all        all_less_sum  $" plain.txt
grep -q "; all_less_sum: Alle sammen minus summen af hver for sig$" plain.txt
for outcome in outside_work few_resources newcomers; do
    grep "^$outcome,%,2024,4,all_less_sum,0,points," factorial/factorial.csv | cut -d, -f8- >effect.txt
    grep "^all_less_sum,change,$outcome,%,2024,4,,," plain/compare.csv |
        awk -F, -v OFS=, '{ print $9, $10, $11, $15, $16, $17, $14 }' | cmp - effect.txt
done
grep -c "^[13],[0-9]*,all_less_sum,change,outside_work,%,2024,2,,," plain/sets.csv | grep -qx 2
grep "all_less_sum" factorial/compare.csv >one.txt
grep "all_less_sum" plain/compare.csv | cmp - one.txt

"$flyt" compare "$scenarios/tiny" social_lift --set standstill.months=0 -n 2 -y 1 --set-file sets.csv \
    --rows 1-3 --dry-run --lang en >dry.txt
grep -q "^3 sets of parameters, about " dry.txt

for rows in 0 3-1 x 1,,2 1- 1,x ''; do
    refuses 64 "names no rows; write 1-10, or 1,3,5, or all" compare "$scenarios/tiny" social_lift \
        --set-file sets.csv --rows "$rows"
done
refuses 64 "--rows: there is no row 4; sets.csv has rows 1 to 3" compare "$scenarios/tiny" social_lift --set-file sets.csv --rows 2-4
refuses 64 "row 2 is named twice" compare "$scenarios/tiny" social_lift --set-file sets.csv --rows 1-3,2
refuses 64 "stands instead of --row" compare "$scenarios/tiny" social_lift --set-file sets.csv --rows 1 --row 2
refuses 64 "names rows of --set-file" compare "$scenarios/tiny" social_lift --rows 1
refuses 64 "--row nævner en række i --set-file, som ikke er angivet" check "$scenarios/tiny" --row 2 --lang da
refuses 64 "--row names a row of --set-file, which is not given" run "$scenarios/tiny" --row 2 -o none.h5
refuses 64 "--row names a row of --set-file, which is not given" compare "$scenarios/tiny" social_lift --row 2
for row in 0 4 1.5 x; do
    refuses 64 "^--row: there is no row $row; sets.csv has rows 1 to 3$" check "$scenarios/tiny" --set-file sets.csv --row $row
done
refuses 64 "^--row: der er ingen række 0; sets.csv har række 1 til 3$" check "$scenarios/tiny" --set-file sets.csv --row 0 --lang da

# faults of a row name its file, cell and number; those of --set are told as its own
mkdir o
cat >o/range.csv <<'CSV'
x,policies.social_lift.intake,search.owner,search.onwer
1,300,0.1,
2,3000,much,1
CSV
intake='policies.social_lift.intake: 3000 is outside'
refuses 65 "^o/range.csv:3:3: row 2: $intake" check "$scenarios/tiny" --set-file o/range.csv --row 2
refuses 65 '^o/range.csv:3:8: row 2: search.owner: "much" is not a number' check "$scenarios/tiny" --set-file o/range.csv --row 2
refuses 65 '^o/range.csv:3:13: row 2: unknown parameter "search.onwer"' check "$scenarios/tiny" --set-file o/range.csv --row 2
refuses 65 "^o/range.csv:3:3: række 2: " check "$scenarios/tiny" --set-file o/range.csv --row 2 --lang da
refuses 65 "^o/range.csv:3:3: row 2: $intake" run "$scenarios/tiny" --set-file o/range.csv --row 2 -o none.h5
refuses 65 "^o/range.csv:3:3: row 2: $intake" compare "$scenarios/tiny" social_lift --set-file o/range.csv --rows 2 -n 2
refuses 65 "^o/range.csv:3:3: row 2: $intake" check "$scenarios/tiny" --set-file o/range.csv --row 2 --set search.owner=5
grep -q "^--set: search.owner: 5 is outside" err.txt
refuses 65 "^--set: search.owner: 5 is outside" check "$scenarios/tiny" --set-file o/range.csv --set search.owner=5
refuses 65 "^ages.csv:3:1: row 2: policies.social_lift: nobody is old enough" check "$scenarios/tiny" --set-file ages.csv --row 2 \
    --set policies.social_lift.intake=300
printf 'policies.social_lift.to\n2020\n' >years.csv
refuses 65 "^years.csv:2:1: row 1: policies.social_lift: to (2020) lies before the start" check "$scenarios/tiny" \
    --set-file years.csv --set policies.social_lift.intake=300
refuses 65 "^ages.csv:2:1: row 1: policies.social_lift: a parameter is set, but" compare "$scenarios/tiny" flexible_letting \
    --set-file ages.csv -n 2

# a table that is none of sets
printf 'search.owner\n' >none.csv
refuses 65 "^none.csv:1:1: there are no rows below the column names" check "$scenarios/tiny" --set-file none.csv
refuses 65 "^none.csv:1:1: there are no rows below the column names" compare "$scenarios/tiny" social_lift --set-file none.csv --rows all
printf 'search.owner,x,search.owner\n0.1,1,0.2\n' >twice.csv
refuses 65 '^twice.csv:1:16: the column "search.owner" stands twice$' check "$scenarios/tiny" --set-file twice.csv
printf 'search.owner,,\n0.1,,\n' >margin.csv
"$flyt" check "$scenarios/tiny" --set-file margin.csv >said.txt

# what an earlier comparison left in the folder goes when the new one is whole, and nothing else does
again() { # again FOLDER OPTIONS...
    "$flyt" compare "$scenarios/tiny" social_lift --set standstill.months=0 -n 2 -y 2 -q -o "$@" >again.txt
}
again left -f png
rm left/*.csv left/compare.gp
again left # no comparison is there: a file of that name is somebody else's
[ "$(ls left | tr '\n' ' ')" = "compare.csv compare.gp compare.png compare.svg leakage.csv tracking.csv " ]
touch left/half-life.csv left/factorial.csv left/notes.csv left/compare.txt
if again left --set search.owner=5 2>err.txt; then exit 1; fi
[ -e left/compare.png ] && [ -e left/half-life.csv ]
again left --set-file sets.csv --rows 1-2
[ "$(ls left | tr '\n' ' ')" = "compare.csv compare.gp compare.svg compare.txt notes.csv sets.csv " ]
cp sets.csv left/sets.csv # the table that is read bears one of the names
again left --set-file left/sets.csv --row 3
cmp sets.csv left/sets.csv
[ -e left/tracking.csv ]
again left --set policies.social_lift.to=2024
[ "$(ls left | tr '\n' ' ')" = "compare.csv compare.gp compare.svg compare.txt half-life.csv leakage.csv notes.csv tracking.csv " ]
mkdir left/sets.csv
touch left/sets.csv/mine
if again left 2>err.txt --lang da; then exit 1; fi
grep -q "^left/sets.csv: fra en tidligere sammenligning, og kan ikke fjernes$" err.txt
[ -e left/sets.csv/mine ] && [ -e left/leakage.csv ]
