#!/usr/bin/env bash
# `flyt compare`: policies against the baseline, two files, forms, and what it refuses.
set -eu
flyt=$1 scenarios=$FLYT_SOURCE_DIR/scenarios
cd "$2"
export LC_ALL=C

. "$FLYT_SOURCE_DIR/tests/cli/common.bash"
still="--set standstill.months=0"

"$flyt" compare "$scenarios/tiny" flexible_letting $still -n 2 -y 1 -q --lang en -o out >en.txt
grep -q "^In short$" en.txt
grep -q "^Outside work and education, deprived areas (%) " en.txt
grep -q "^At whose cost, million DKK a year" en.txt
head -1 out/compare.csv | grep -q "^policy,group,outcome,unit,year,pairs,without,with,change"
grep -q "^flexible_letting,change,outside_work,%,2024,2," out/compare.csv
[ -s out/compare.svg ] && [ -s out/compare.gp ]
grep -q "^set key .* vertical maxrows 3 " out/compare.gp # six names have room below the panels
"$flyt" compare "$scenarios/tiny" equalisation flexible_letting housing_career intake_steering second_chance \
    social_lift $still -n 1 -y 1 -q --lang en -o six >six.txt
grep -q " social_lift   *all        all_less_sum  $" six.txt
grep -q "lines linewidth 2.6 linecolor rgb '#000000' title .All together'" six/compare.gp
grep -q "lines linewidth 2.0 dashtype 2 linecolor rgb '#808080' title .All together less the sum of each alone'" six/compare.gp
grep -q "^set key .* vertical maxrows 4 " six/compare.gp # seven too: three columns are too wide
"$flyt" compare "$scenarios/tiny" flexible_letting $still -n 2 -y 1 -q --lang da >da.txt
grep -q "^Kort sagt$" da.txt
grep -q "slet ingen ændring\|kan være tilfældigt\|sikkert" da.txt

# of a sample it says so: its numbers and money are smaller
"$flyt" compare "$scenarios/tiny" flexible_letting $still -n 2 -y 1 -q --lang en --sample 2 >part.txt
grep -q "Sydby (one home in 2: numbers and money are the sample's)$" part.txt
if grep -q "one home in" en.txt; then exit 1; fi

# a policy that does nothing: no outcome and no krone differs
"$flyt" compare "$scenarios/tiny" flexible_letting $still -n 2 -y 2 -q --lang en \
    --set policies.flexible_letting.share=0 >null.txt
grep -q "^Nobody pays or is paid anything else.$" null.txt
if grep "may be chance\|  sure\|, sure" null.txt; then
    exit 1
fi

# the examples of the help name policies that there are
"$flyt" compare --help --lang en | sed -n 's/^ *flyt compare scenarios[^ ]* \([a-z_]*\).*/\1/p' >named.txt
[ -s named.txt ]
while read -r name; do
    [ -f "$FLYT_SOURCE_DIR/models/policies/$name.c" ] || { echo "no policy $name"; exit 1; }
done <named.txt

# a policy that is named but never in force leaves no trace in the content of a result
"$flyt" run "$scenarios/tiny" $still --set years=1 --lang en -o bare.h5 2>/dev/null | grep ^content >bare.txt
for file in "$FLYT_SOURCE_DIR"/models/policies/*.c; do
    name=$(basename "$file" .c)
    "$flyt" run "$scenarios/tiny" $still --set years=1 --set "policies.$name.from=2100" --lang en \
        -o never.h5 2>/dev/null | grep ^content >never.txt
    cmp bare.txt never.txt || { echo "$name acts before it is in force"; exit 1; }
done

# nor one that is said to be off, before its parameter or after
for off in "=no --set policies.housing_career.wish=0.9" ".wish=0.9 --set policies.housing_career=no"; do
    # shellcheck disable=SC2086 # two arguments
    "$flyt" run "$scenarios/tiny" $still --set years=1 --set policies.housing_career$off --lang en \
        -o off.h5 2>/dev/null | grep ^content >off.txt
    cmp bare.txt off.txt || { echo "housing_career$off is on"; exit 1; }
done
for nothing in "=" ".=1" ".wish="; do
    if "$flyt" run "$scenarios/tiny" $still --set "policies.housing_career$nothing" -q -o off.h5 2>said.txt; then
        echo "policies.housing_career$nothing is taken"; exit 1
    fi
    grep -q "write policies.NAME=yes or policies.NAME.PARAMETER=VALUE" said.txt
done

# nor one that is in force with no strength
for none in flexible_letting.share=0 social_lift.intake=0 second_chance.capacity=0 \
    housing_career.coowned=0 \
    "intake_steering.quota=0 --set policies.intake_steering.release=no
     --set policies.intake_steering.cap=1" \
    "equalisation.running=no --set policies.equalisation.deduction=no \
     --set policies.equalisation.gains_tax=0 --set policies.equalisation.recycling=tax_share"; do
    # shellcheck disable=SC2086 # several arguments
    "$flyt" run "$scenarios/tiny" $still --set years=1 --set policies.$none --lang en \
        -o none.h5 2>/dev/null | grep ^content >none.txt
    cmp bare.txt none.txt || { echo "$none leaves a trace"; exit 1; }
done

# all policies at once: the same bytes on any number of threads
all=$(basename -s .c "$FLYT_SOURCE_DIR"/models/policies/*.c | sed 's/.*/--set policies.&=yes/')
all="$all --set policies.equalisation.recycling=tax_share" # of the second year
all="$all --set policies.housing_career.plus=500 --set policies.housing_career.deprived=no" # lower rents
for threads in 1 3; do
    # shellcheck disable=SC2086 # several arguments
    "$flyt" run "$scenarios/tiny" $still --set years=2 $all -t $threads -q -o $threads.h5
done
cmp 1.h5 3.h5

# who pays: parts and classes sum to the same, and only a policy that tells it is asked
grep -q "Who pays\|Swings" en.txt && { echo "flexible letting tells who pays"; exit 1; }
"$flyt" compare "$scenarios/tiny" equalisation $still -n 2 -y 3 -q --lang en -o pays \
    --set policies.equalisation.recycling=all_rents >pays.txt
grep -q "^Who pays more that year, by law " pays.txt
grep -q "^Swings of owner prices" pays.txt
awk -F, '$2 == "incidence" && $5 == 2025 && $6 == 2 {
        if ($3 ~ /^equalisation_[a-z]*$/) { total[$3] = $8 }
        if ($3 ~ /incidence=/) { parts += $8 }
        if ($3 ~ /tenure=/) { n_each++; each[$3] = $8; unit[$4] = 1 } }
    function near(a, b) { return a - b < 1e-6 && b - a < 1e-6 }
    END { exit !(n_each == 4 && "DKK/household/year" in unit && total["equalisation_tenure"] > 0 &&
                 near(parts, total["equalisation_tenure"]) &&
                 near(total["equalisation_age"], total["equalisation_tenure"]) &&
                 near(total["equalisation_income"], total["equalisation_tenure"]) &&
                 each["equalisation_tenure[tenure=Owner]"] > 0 &&
                 each["equalisation_tenure[tenure=Private rental]"] < 0) }' pays/compare.csv

# the same numbers from two files, but for turnover, which needs series that no file has
"$flyt" run "$scenarios/tiny" $still -n 2 --set years=1 -q -o a.h5
"$flyt" run "$scenarios/tiny" $still -n 2 --set years=1 --set policies.flexible_letting=yes -q -o b.h5
"$flyt" compare a.h5 b.h5 -q --lang en -o files >files.txt
tail -n +2 out/compare.csv | cut -d, -f2- | grep "^change\|^cost" | grep -v ",turnover" >one.txt
tail -n +2 files/compare.csv | cut -d, -f2- | grep "^change\|^cost" >two.txt
cmp one.txt two.txt

# areas of non-members are those of the other town; a policy that ends before the run has a half-life told
"$flyt" compare a.h5 a.h5 -q --lang en >same.txt
grep -q "areas of non-members" same.txt && { echo "there are no members"; exit 1; }
"$flyt" compare "$scenarios/tiny" intake_steering $still -n 2 -y 2 -q --lang en -o steering \
    --set policies.intake_steering.municipalities=Nordby --set policies.intake_steering.to=2024 >steering.txt
grep -q "^After the policy ended, end of 2024$" steering.txt
grep -q "^policy,outcome,unit,last_year,pairs" steering/half-life.csv
"$flyt" export a.h5 area_classes -o tables -q
share=$(awk -F, '$2 == "2024-01-01" && $3 == "Engen" {
    n[$1] += $5; few[$1] += $4 == "Few resources" ? $5 : 0 }
    END { printf "%.4f", 50 * (few[0] / n[0] + few[1] / n[1]) }' tables/area_classes.csv)
found=$(awk -F, '$3 == "few_outside" && $5 == 2023 { printf "%.4f", $7 }' steering/compare.csv)
[ "$share" = "$found" ] || { echo "few resources outside: $found, not $share"; exit 1; }

# those reached against themselves: the same on any number of threads, nobody where nobody is reached
for threads in 1 3; do
    "$flyt" compare "$scenarios/tiny" social_lift $still -n 3 -y 2 -q --lang en -t $threads \
        -o track$threads --set policies.social_lift.intake=300 >track$threads.txt
done
cmp track1.txt track3.txt
cmp track1/tracking.csv track3/tracking.csv
cmp track1/leakage.csv track3/leakage.csv
grep -q "^1 year after, .* households a pair  *without  *with  *change" track1.txt
grep -q "^Control without moves  *" track1.txt
grep -q "^social_lift,social_lift,works,%,1,3," track1/tracking.csv
# what is told of all persons is what the series tell
lost=$(awk -F, '$3 == "outside_work" && $5 == 2025 { printf "%.6f", $9 }' track1/compare.csv)
sum=$(awk -F, '$2 == "sum" && $4 == 2025 { printf "%.6f", $6 }' track1/leakage.csv)
[ "$lost" = "$sum" ] || { echo "the parts sum to $sum, not $lost"; exit 1; }
"$flyt" compare "$scenarios/tiny" social_lift $still -n 2 -y 1 -q --lang da \
    --set policies.social_lift.intake=0 >nobody.txt
if grep "husstande pr. par\|Kontrol" nobody.txt; then
    exit 1
fi

# who leaves the listed area, Parken: the share of the counts, minus over minus
for series in area_change area_change_weak; do
    "$flyt" export a.h5 $series -o tables -q
done
left=$(awk -F, '$3 == "2025-01-01" && $4 == "Parken" && $5 == "Moved out" { n[FILENAME, $1] += $6 }
    END { f = "tables/area_change"
          for (r = 0; r < 2; r++) { sum += 50 * n[f "_weak.csv", r] / n[f ".csv", r] }
          printf "%.4f", sum }' tables/area_change.csv tables/area_change_weak.csv)
found=$(awk -F, '$3 == "few_exit" && $5 == 2024 { printf "%.4f", $7 }' files/compare.csv)
[ "$left" = "$found" ] || { echo "few resources of those who left: $found, not $left"; exit 1; }

"$flyt" compare "$scenarios/tiny" flexible_letting $still -n 2 -y 1 -q --lang en --factorial \
    -o factorial >factorial.txt
grep -q "^Main effects and interactions, all 2 combinations" factorial.txt
grep -q "^outside_work,%,2024,2,flexible_letting,1,log_odds," factorial/factorial.csv
# a name that is too wide goes on below its numbers
"$flyt" compare "$scenarios/tiny" intake_steering flexible_letting $still -n 1 -y 1 -q --lang da --factorial \
    >factorial.txt
grep -A1 "^Samarbejdsdrevet tilflytterstyring × Fleksibel udlejning efter  .*0" factorial.txt | grep -q "^  aftale$"

refuses 64 "did you mean flexible_letting" compare "$scenarios/tiny" flexible_leting
refuses 64 "named twice" compare "$scenarios/tiny" flexible_letting flexible_letting
refuses 65 "has no \"shares\"; did you mean \"share\"" compare "$scenarios/tiny" flexible_letting \
    --set policies.flexible_letting.shares=1
refuses 65 "name social_lift beside the scenario to compare it, or add --set policies.social_lift=yes" \
    compare "$scenarios/tiny" flexible_letting $still --set policies.social_lift.intake=10
"$flyt" compare "$scenarios/tiny" flexible_letting $still -n 2 -y 1 -q \
    --set policies.social_lift=yes --set policies.social_lift.intake=10 >both.txt
refuses 64 "policies.social_lift=no: the policy is named to be compared" compare "$scenarios/tiny" \
    social_lift $still --set policies.social_lift=no --lang en
refuses 65 "from (2026) lies after the last year (2025): there would be nothing to compare" compare \
    "$scenarios/tiny" social_lift $still -y 2 --set policies.social_lift.from=2026 --lang en
refuses 65 "members (50) are more than the 2 municipalities" compare "$scenarios/tiny" intake_steering \
    --set policies.intake_steering.join=random --set policies.intake_steering.members=50 --lang en
refuses 65 "drawn by lot, which needs join: random" run "$scenarios/tiny" \
    --set policies.intake_steering.members=1 --lang en
"$flyt" run "$scenarios/tiny" $still --set years=1 --set policies.social_lift.from=2026 --lang en -q \
    -o idle.h5 2>idle.txt
grep -q "^note: policies.social_lift begins in 2026, after the last year (2024): it does nothing$" idle.txt
"$flyt" run "$scenarios/tiny" $still -n 2 --set years=1 -s 9 -q -o c.h5
refuses 65 "different seeds" compare a.h5 c.h5
# files are told by name and by the policies that only the second has; how to run says nothing of them
"$flyt" run "$scenarios/tiny" $still -n 2 --set years=1 --set policies.equalisation=yes -q -o d.h5
"$flyt" compare a.h5 d.h5 -q --lang en >files.txt
grep -q "(d.h5: equalisation)$" files.txt
grep -q "(a.h5)$" files.txt
refuses 64 "d.h5 has a policy (equalisation) that a.h5 has not: name the one without first" compare d.h5 a.h5 --lang en
for option in "-n 1" "--set search.owner=0" "--sample 16" "--factorial" "--dry-run"; do
    # shellcheck disable=SC2086
    refuses 64 "result files are compared as they are" compare a.h5 b.h5 $option --lang en
done
refuses 65 "several are named in the scenario file: \[A, B\]" check "$scenarios/tiny" --set policies.second_chance=yes \
    --set policies.second_chance.areas=Engen,Bakken --lang en
# a folder that cannot be created is told before anything runs
refuses 73 "cannot be created" compare "$scenarios/tiny" flexible_letting $still -n 2 -y 1 -o /proc/none --lang en

# several policies: what each did, what it costs the public; every krone has a payer and a receiver
"$flyt" compare "$scenarios/tiny" equalisation intake_steering $still -n 2 -y 2 -q --lang en -o parts >parts.txt
grep -q "^What the policy did that year: Structural equalisation of tenures$" parts.txt
grep -q "^What the policy did that year: Collaborative intake steering$" parts.txt
grep -q "^State, municipalities and almen sector" parts.txt
awk -F, '$2 == "cost" { sum[$1, $5] += $9; size[$1, $5] += $9 < 0 ? -$9 : $9 }
    END { for (at in size) { n += size[at] > 0; off += (sum[at] < 0 ? -sum[at] : sum[at]) > 1e-6 }
          exit !(n > 2 && off == 0) }' parts/compare.csv
"$flyt" compare "$scenarios/tiny" equalisation $still -n 3 -y 4 -q --lang en --set policies.equalisation.from=2026 >late.txt
grep -q "mean of all years (2 of 4 in force): " late.txt
"$flyt" check "$scenarios/tiny" --set policies.second_chance.from=2050 --set policies.second_chance=yes --lang en >check.txt
grep -q "^policies.second_chance: from 2050, after the last year (2033): never in force$" check.txt
