#!/usr/bin/env bash
# flyt segregation: known values through files, all three formats, both languages, and a located
# message for every kind of bad table.
set -eu
flyt=$1 folder=$2
cd "$folder"
fail() { echo "FAILED: $*" >&2; exit 1; }

# row FILE INDEX,GROUP,REFERENCE FIELD: a field of a CSV result (1 value, 2 baseline, 3 corrected ...)
row() {
    awk -F, -v key="$2" -v field="$3" '$1 "," $2 "," $3 == key { print $(3 + field); n++ }
        END { exit n != 1 }' "$1" || fail "$1 has not exactly one row $2"
}
near() { # near KEY FIELD KNOWN WITHIN
    local value
    value=$(row out.csv "$1" "$2")
    python3 -c "import sys; sys.exit(not abs($value - ($3)) <= $4)" || fail "$1: $value is not $3"
}
empty() { [ -z "$(row out.csv "$1" "$2")" ] || fail "$1: field $2 is not empty"; }

printf 'tract,minority,majority\nA,100,0\nB,60,40\nC,40,60\nD,0,100\n' > four.csv
"$flyt" segregation four.csv --unit tract --format csv > out.csv
[ "$(head -1 out.csv)" = index,group,reference,value,baseline,corrected,low,high ] || fail header
near dissimilarity,minority,rest 1 .6 1e-9
near gini,minority,rest 1 .8 1e-9
near isolation,minority,rest 1 .76 1e-9
near theil_h,minority,rest 1 .514525 5e-7
near theil_h,all, 1 .514525 5e-7
near atkinson,minority,rest 1 .76 1e-9
near multigroup_gini,all, 1 .8 1e-9
near interaction,minority,majority 1 .24 1e-9
near interaction,minority,rest 1 .24 1e-9
near dissimilarity,majority,rest 1 .6 1e-9
# 100 * 1/2: E|B - 50| / 50
near dissimilarity,minority,rest 2 .0795892 1e-6

# Winship's baselines
awk 'BEGIN { print "u,x,y"; for (i = 0; i < 1000; i++) print i ",1,9" }' > ten.csv
"$flyt" segregation ten.csv --unit u --format csv --draws 20 > out.csv
near dissimilarity,x,rest 2 .38742 1e-5
near dissimilarity,x,rest 1 0 1e-12
near dissimilarity,x,rest 3 0 1e-12

# ordered classes
cat > classes.csv <<'CSV'
c1,c2,c3,c4,c5,c6,c7
10,10,10,20,30,40,50
0,20,10,10,10,20,20
10,20,10,10,10,0,0
30,30,20,10,10,0,0
CSV
"$flyt" segregation classes.csv --format csv > out.csv
near rank_order_h,all, 1 .205307 5e-7
near rank_order_r,all, 1 .218051 5e-7

# a checkerboard with rook neighbours, and coordinates
python3 - <<'PY'
rows = ["0000011111"] * 5 + ["0" * 10] * 5
with open("board.csv", "w") as f, open("rook.csv", "w") as n:
    print("cell,x,y,area,in,out", file=f)
    print("cell,neighbour", file=n)
    for y in range(10):
        for x in range(10):
            k = 100 * int(rows[y][x])
            print(f"r{y}c{x},{x},{y},1,{k},{100 - k}", file=f)
            for dx, dy in ((0, 1), (1, 0), (0, -1), (-1, 0)):
                if 0 <= x + dx < 10 and 0 <= y + dy < 10:
                    print(f"r{y}c{x},r{y + dy}c{x + dx}", file=n)
PY
"$flyt" segregation board.csv --unit cell --groups in,out --neighbours rook.csv --draws 5 --format csv > out.csv
near dissimilarity,in,rest 1 1 1e-12
near theil_h,in,rest 1 1 1e-12
near moran,in,rest 1 .851852 1e-6
near moran,in,rest 2 -1/99 1e-9
near morrill_dissimilarity,in,rest 1 .944444 1e-6
empty moran,in,rest 3
! grep -q relative_concentration out.csv || fail "relative concentration without areas"
# neighbours within 1.1 are the rooks; a bandwidth of nothing leaves plain H
"$flyt" segregation board.csv --unit cell --groups in,out --coords x,y --bandwidth 1.1 --draws 2 --format csv > out.csv
near moran,in,rest 1 .851852 1e-6
"$flyt" segregation board.csv --unit cell --groups in,out --coords x,y --bandwidth .5 --draws 2 --format csv \
    > out.csv 2> note.txt
near spatial_theil_h,all, 1 1 1e-12
grep -q 'coordinates in km' note.txt || fail "no note on isolated units"

# parts of a country: M = between + sum of share * within
printf 'u,muni,a,b,c\n1,O,10,5,3\n2,O,2,8,9\n3,"N, S",4,4,4\n4,"N, S",9,1,0\n' > parts.csv
"$flyt" segregation parts.csv --unit u --within muni --format csv > out.csv
python3 - <<'PY'
import csv
rows = {(r["index"], r["group"], r["reference"]): r for r in csv.DictReader(open("out.csv"))}
v = lambda *k: float(rows[k]["value"])
parts = sum(v("population_share", "all", s) * v("theil_m_within", "all", s) for s in ("O", "N, S"))
assert abs(v("theil_m", "all", "") - v("theil_m_between", "all", "") - parts) < 1e-9
assert abs(v("theil_m_within", "all", "") - parts) < 1e-9
groups = [r["group"] for r in csv.DictReader(open("out.csv")) if r["index"] == "gini"]
assert groups == ["a", "b", "c"], groups
PY

# JSON is JSON and says the same; the table is aligned and in both languages
"$flyt" segregation parts.csv --unit u --within muni --format json > out.json
python3 - <<'PY'
import csv, json
rows, objects = list(csv.DictReader(open("out.csv"))), json.load(open("out.json"))
assert len(rows) == len(objects) > 30
for r, o in zip(rows, objects):
    assert list(o) == ["index", "group", "reference", "value", "baseline", "corrected", "low", "high"]
    for name, text in r.items():
        assert (o[name] is None and text == "") or o[name] == text or o[name] == float(text), (r, o)
    if o["low"] is not None:
        assert o["low"] <= o["corrected"] <= o["high"], o
        if not o["index"].startswith("rank_order"):  # a polynomial is not kept within [0, 1]
            assert 0 <= o["low"] and o["high"] <= 1 + 1e-9, o
PY
"$flyt" segregation four.csv --unit tract --lang en | grep -q '^dissimilarity D .*minority .*rest .* 0.6000' || fail table
"$flyt" segregation four.csv --unit tract --lang da | grep -q '^dissimilaritet D .*minority .*resten .* 0.6000' || fail tabel

# the same bytes every time and for any threads; other draws with another seed
for threads in 1 2 7; do
    "$flyt" segregation parts.csv --unit u --within muni --format csv --threads $threads | cmp - out.csv
done
! "$flyt" segregation parts.csv --unit u --within muni --format csv --seed 2 | cmp -s - out.csv || fail seed

# --groups keeps column order and leaves the others out
"$flyt" segregation parts.csv --groups c,a --format csv > out.csv
[ "$(awk -F, '$1 == "gini" { printf $2 }' out.csv)" = ac ] || fail "group order"

# ---- bad tables ----------------------------------------------------------------------------------
bad() { # bad STATUS TEXT ARGUMENTS...
    local status=$1 text=$2 got=0
    shift 2
    "$flyt" segregation "$@" --lang en > out.txt 2> err.txt || got=$?
    [ "$got" -eq "$status" ] || fail "exit $got, not $status: $* ($(cat err.txt))"
    grep -qF -- "$text" err.txt || fail "no '$text' in: $(cat err.txt)"
    [ ! -s out.txt ] || fail "output beside a fault: $*"
    "$flyt" segregation "$@" --lang da > out.txt 2> err.da || true
    ! cmp -s err.txt err.da || fail "the same message in Danish: $*"
}
table() { printf '%b' "$1" > bad.csv; }

bad 66 missing.csv missing.csv
table 'u,a,b\nx,1,2\ny,-3,4\n'; bad 65 'bad.csv:3:3: a: -3 is negative' bad.csv --unit u
table 'u,a,b\nx,1,2\ny,1.5,4\n'; bad 65 'bad.csv:3:3: a: 1.5 is no whole number' bad.csv --unit u
table 'u,a,b\nx,1,2\ny,"1,5",4\n'; bad 65 "bad.csv:3:3: a: '1,5' is no count" bad.csv --unit u
table 'u,a,b\nx,1,2\ny,,4\n'; bad 65 'bad.csv:3:3: a: ' bad.csv --unit u
table 'u,a,b\nx,1,5000000000\n'; bad 65 'bad.csv:2:5: b: 5000000000 is more than' bad.csv --unit u
table 'u,a,b\nx,1,2\n'; bad 65 "bad.csv:2:1: u: 'x' is no count" bad.csv
table 'estate,a,b\nx,1,2\n'; bad 65 "bad.csv:1:1: there is no column 'estat'; did you mean 'estate'?" bad.csv --unit estat
table 'u,danish,other\nx,1,2\n'; bad 65 "did you mean 'danish'?" bad.csv --unit u --groups danihs,other
table 'u,a,b\nx,0,0\ny,0,0\n'; bad 65 'bad.csv: all units are empty' bad.csv --unit u
table 'u,a,b\nx,3,0\ny,4,0\n'; bad 65 'bad.csv: all persons are in one group' bad.csv --unit u
table 'u,a\nx,3\ny,4\n'; bad 65 'bad.csv:1:1: segregation needs columns of at least two groups' bad.csv --unit u
table 'u,a,b\nx,1,2\ny,3,4\nx,5,6\n'; bad 65 "bad.csv:4:1: the unit 'x' stands in line 2 already" bad.csv --unit u
table 'u,a,b\nx,1,2\n,3,4\n'; bad 65 'bad.csv:3:1: u: the name is missing' bad.csv --unit u
table 'u,a,b\nx,1,2\ny,3\n'; bad 65 'bad.csv:3' bad.csv --unit u
table ''; bad 65 'bad.csv' bad.csv
table 'x,y,a,b\n1,zwei,1,2\n'; bad 65 "bad.csv:2:3: y: 'zwei' is no number" bad.csv --coords x,y
table 'k,a,b\n0,1,2\n'; bad 65 'bad.csv:2:1: k: 0 is not above 0' bad.csv --area-km2 k
# every fault at once
table 'u,a,b\nx,-1,2\ny,3,-4\nz,1.5,0\n'; bad 65 'bad.csv:4:3' bad.csv --unit u
[ "$(grep -c 'bad.csv:' err.txt)" -eq 3 ] || fail "not all faults: $(cat err.txt)"

table 'u,a,b\nNord,1,2\nSyd,3,4\nVest,5,6\n'
neighbours() { printf '%b' "$1" > near.csv; }
neighbours 'u,n\nNord,Syd\nSyd,Nord\nNord,Nrod\n'; bad 65 "near.csv:4:6: the table has no unit 'Nrod'; did you mean 'Nord'?" bad.csv --unit u --neighbours near.csv
neighbours 'u,n\nNord,Syd\nSyd,Nord\nNord,Vest\n'; bad 65 "near.csv:4:1: 'Nord' has the neighbour 'Vest', but not the other way round" bad.csv --unit u --neighbours near.csv
neighbours 'u,n\nNord,Nord\n'; bad 65 "near.csv:2:6: 'Nord' is listed as its own neighbour" bad.csv --unit u --neighbours near.csv
neighbours 'u,n\nNord,Syd\nSyd,Nord\nSyd,Nord\n'; bad 65 "near.csv:4:1: 'Syd' has the neighbour 'Nord' in line 3 already" bad.csv --unit u --neighbours near.csv
neighbours 'u,n,w\nNord,Syd,1\n'; bad 65 'near.csv:1:1: neighbours are two columns' bad.csv --unit u --neighbours near.csv
bad 66 nowhere.csv bad.csv --unit u --neighbours nowhere.csv

bad 64 '--neighbours needs --unit' bad.csv --neighbours near.csv
bad 64 '--bandwidth needs --coords' bad.csv --unit u --bandwidth 2
bad 64 '--coords: name two columns' bad.csv --unit u --coords x
bad 64 "--bandwidth: '-1' is no number" bad.csv --unit u --coords a,b --bandwidth=-1
bad 64 "--atkinson: '1' is no number between 0 and 1" bad.csv --unit u --atkinson 1
bad 64 '--draws' bad.csv --unit u --draws many
bad 64 '--seed' bad.csv --unit u --seed 4294967296
bad 64 "--format: 'xml' is none of table, csv, json" bad.csv --unit u --format xml
bad 64 "--groups: 'a' is named twice" bad.csv --groups a,a
bad 64 '--groups: a name is missing' bad.csv --groups a,,b
bad 64 '--groups: segregation needs two groups' bad.csv --groups a

# a spreadsheet with semicolons and decimal commas is the same table
printf 'u,x,y,a,b\nx,0.5,0,120,80\ny,1,0,100,90\nz,0,1,90,110\nw,1,1,130,70\n' > comma.csv
printf 'u;x;y;a;b\nx;0,5;0;120;80\n"y";1;0;100;90\nz;0;1;90;110\nw;1;1;130;70\n' > semi.csv
for name in comma semi; do
    "$flyt" segregation $name.csv --unit u --coords x,y --bandwidth 1.2 --format csv > $name.out || fail $name.csv
done
cmp comma.out semi.out || fail "semicolons change the result"
table 'u;a;b\nx;1;2\ny;1.200;4\n'; bad 65 "bad.csv:3:3: a: '1.200' has a point; between semicolons" bad.csv --unit u
table 'u;a;b\nx;1;2\ny;..;4\n'; bad 65 "bad.csv:3:3: a: '..' is no count: it is not a number" bad.csv --unit u
table 'u;a;b\nx;1 200;2\n'; bad 65 "'1 200' is no count: it has white space in it" bad.csv --unit u
table 'u;a;b\nx;;2\n'; bad 65 "bad.csv:2:3: a: '' is no count: it is empty" bad.csv --unit u
grep -qF "a: '' er intet antal: cellen er tom (nævn" err.da || fail "$(cat err.da)"
table 'u\ta\nx\t1\n'; bad 65 'bad.csv:1:2: a tab; columns are separated by commas or by semicolons' bad.csv
table 'u;a;b\nx;1;2\ny;1,5;4\n'; bad 65 'bad.csv:3:3: a: 1,5 is no whole number' bad.csv --unit u

# heads that leave open which group is meant; a file without rows
table 'u,a,a\nx,1,2\n'; bad 65 "bad.csv:1:1: the columns 2 and 3 are both named 'a'" bad.csv --unit u
table 'u,a,u\nx,1,2\n'; bad 65 "the columns 1 and 3 are both named 'u'" bad.csv --groups a,u
table 'u,a,\nx,1,2\n'; bad 65 'bad.csv:1:1: column 3 has no name' bad.csv --unit u
table 'u,a,b\n'; bad 65 'bad.csv: there is no row below the header' bad.csv --unit u
table 'u,a,b\nx,1,1.5\n'; bad 65 'is no whole number of persons (name columns that are no groups' bad.csv --unit u

# a row of totals is no unit, whatever its name and wherever it stands; two rows alike are two units
table 'u,a,b\nx,1,2\ny,3,4\nTotal,4,6\n'; bad 65 'bad.csv:4:1: this row is the sum of all other rows' bad.csv --unit u
table 'u,k,a,b\nI alt,9,4,6\nx,1,1,2\ny,3,3,4\n'; bad 65 'bad.csv:2:1: this row is the sum' bad.csv --unit u --groups a,b
table 'a,b\n1,2\n4,6\n3,4\n'; bad 65 'bad.csv:3:1: this row is the sum' bad.csv
table 'u,a,all,b\nx,1,3,2\ny,3,7,4\n'; bad 65 'bad.csv:1:5: all is the sum of all other groups' bad.csv --unit u
table 'u,a,b,I alt\nx,1,2,3\ny,3,4,7\nI alt,4,6,10\n'; bad 65 'bad.csv:4:1: this row is the sum' bad.csv --unit u
printf 'u,a,b,c\nx,1,2,3\ny,3,4,6\n' > twins.csv
"$flyt" segregation twins.csv --unit u --draws 4 --quiet > /dev/null || fail "no total in each row"
printf 'u,a,b\nx,1,2\ny,1,2\nz,0,0\n' > twins.csv
"$flyt" segregation twins.csv --unit u --draws 4 --quiet > /dev/null || fail "two units alike"

# units and groups that tell nothing are named
printf '\xef\xbb\xbfu,a,b,c\r\nx,10,20,0\r\ny,0,0,0\r\nz,20,1,0\r\n' > part.csv
"$flyt" segregation part.csv --unit u --draws 4 2> err.txt > /dev/null || fail "part.csv"
grep -q 'note: part.csv: 1 of 3 units have nobody in them' err.txt || fail "no note: $(cat err.txt)"
grep -q 'note: part.csv, column c: there is nobody in this group' err.txt || fail "no note: $(cat err.txt)"
printf 'u,a,b\nx,10,20\n' > one.csv
"$flyt" segregation one.csv --unit u --lang da 2> err.txt > /dev/null || fail "one.csv"
grep -q 'bemærk: one.csv: der er kun én enhed' err.txt || fail "no note: $(cat err.txt)"

printf 'u,low,middle,high\na,3238,0,0\nb,3565,0,0\nd,1195,1,1\n' > order.csv
"$flyt" segregation order.csv --unit u --draws 4 --lang en 2> err.txt > /dev/null || fail "order.csv"
grep -q 'note: order.csv: a rank-order index lies outside' err.txt || fail "no note: $(cat err.txt)"

# what is corrected lies in its interval, and chance only adds to all but D(adj) and exposure
for seed in 1 2 3 4 5 6; do
    "$flyt" segregation comma.csv --unit u --coords x,y --bandwidth 1.2 --format csv --seed $seed > out.csv
    awk -F, 'NR > 1 && $6 != "" && ($7 > $6 || $6 > $8) { print "outside: " $0; bad = 1 }
        $1 ~ /dissimilarity|gini|theil|atkinson|hutchens|ratio|diversity|cv/ && $1 !~ /morrill|spatial/ && $6 > $4 + 1e-12 {
            print "above: " $0; bad = 1 }
        END { exit bad }' out.csv || fail "seed $seed"
done
# rounding is no segregation
printf 'u,a,b,c\nx,3,6,7\ny,9,18,21\nz,30,60,70\n' > even.csv
"$flyt" segregation even.csv --unit u --format csv --draws 20 > out.csv
! grep -E 'e-[0-9]+' out.csv || fail "rounding is shown"

# a name that would move the cursor is not echoed as it is
table 'u,a,b\nx,\033[2J,2\n'; bad 65 'bad.csv' bad.csv --unit u
! grep -q "$(printf '\033')" err.txt || fail "escape sequence echoed"

# many units that have nobody of a group: it is said of which, and what that means
awk 'BEGIN { print "u,rare,rest"; for (i = 0; i < 40; i++) print i "," (i % 5 == 0 ? "0,40" : "20,20") }' > thin.csv
"$flyt" segregation thin.csv --unit u --draws 4 --lang da 2> err.txt > /dev/null || fail "thin.csv"
grep -q 'bemærk: thin.csv, kolonne rare: .*ingen fra gruppen' err.txt || fail "no note: $(cat err.txt)"
awk 'BEGIN { print "a,b"; for (i = 0; i < 10000; i++) print "20,20" }' > thick.csv
"$flyt" segregation thick.csv --draws 4 2> err.txt > /dev/null || fail "thick.csv"
[ ! -s err.txt ] || fail "a note without a reason: $(cat err.txt)"
"$flyt" segregation thin.csv --unit u --draws 4 --quiet 2> err.txt > /dev/null || fail "thin.csv --quiet"
[ ! -s err.txt ] || fail "a note that was not wanted: $(cat err.txt)"
