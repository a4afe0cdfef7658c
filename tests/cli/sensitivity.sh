#!/usr/bin/env bash
# `flyt sensitivity`: answers that are known exactly, by way of a sweep.
set -eu
flyt=$1
cd "$2"
export LC_ALL=C OMP_WAIT_POLICY=passive

sweep() { # NAME: runs NAME.yaml and works out its sensitivities
    "$flyt" sweep "$1.yaml" -o "$1" -q
    "$flyt" sensitivity "$1" -q -o "$1.out" --lang en >"$1.txt"
}
# within FILE FACTOR MEASURE VALUE: the value lies in the interval of the row
within() {
    awk -F, -v f="test_functions.$2" -v m="$3" -v v="$4" \
        '$3 == f && $4 == "" && $5 == m { seen = 1; if (v < $7 || v > $8) { print; exit 1 } }
         END { exit !seen }' "$1.out/sensitivity.csv" || { echo "$1: $2 $3 is not $4"; exit 1; }
}
# is FILE FACTOR OTHER MEASURE VALUE: six digits
is() {
    awk -F, -v f="$2" -v o="$3" -v m="$4" -v v="$5" \
        '$3 == f && $4 == o && $5 == m { seen = 1; d = $6 - v; if (d > 1e-6 || d < -1e-6) { print; exit 1 } }
         END { exit !seen }' "$1.out/sensitivity.csv" || { echo "$1: $2 $3 $4 is not $5"; exit 1; }
}
head='scenario: test_functions.yaml
time: end'

sed 's/points: 1024/points: 128/' "$FLYT_SOURCE_DIR/scenarios/sweeps/ishigami.yaml" >ishigami.yaml
sweep ishigami
grep -q "^function_value (1): mean 3\.[45]" ishigami.txt
within ishigami x1 first_order 0.3139
within ishigami x2 first_order 0.4424
within ishigami x3 first_order 0
within ishigami x1 total_order 0.5576
within ishigami x2 total_order 0.4424
within ishigami x3 total_order 0.2437
[ -s ishigami.out/sensitivity.svg ] && [ -s ishigami.out/sensitivity.gp ]

sed 's/points: 1024/points: 64/' "$FLYT_SOURCE_DIR/scenarios/sweeps/g.yaml" >g.yaml
sweep g
within g x1 first_order 0.7165
within g x2 first_order 0.1791
within g x3 first_order 0.0237
within g x4 first_order 0.0072
within g x1 total_order 0.7871

# y = K u v with u 0 or 2, v 0.5 or 1.5, K = 4.5 / 5.5 * 9 / 10 * 0.99^4
cat >effects.yaml <<END
$head
plan: factorial
parameters: {test_functions.kind: g}
factors:
  test_functions.x1: {from: 0.5, to: 1}
  test_functions.x2: {from: 0.5, to: 1}
  test_functions.b: [0, 1]
END
sweep effects
is effects test_functions.x1 "" effect 1.414695
is effects test_functions.x2 "" effect 0.707348
is effects test_functions.x1 test_functions.x2 effect 0.707348
is effects test_functions.b "" effect 0

cat >paths.yaml <<END
$head
plan: morris
points: 8
parameters: {test_functions.kind: g}
factors:
  test_functions.b: {from: 0, to: 1}
  test_functions.x1: {from: 0.5, to: 1}
  test_functions.x4: {from: 0.5, to: 1}
END
sweep paths
is paths test_functions.b "" mu_star 0
is paths test_functions.b "" sigma 0
sed -n 2p paths.txt | grep -q "mu\* .*sigma"
sed -n 3p paths.txt | grep -q "^test_functions.x1 " # the largest first

code=0
"$flyt" sensitivity paths --of function_valu --lang en 2>err.txt || code=$?
[ "$code" -eq 64 ] && grep -q 'no series "function_valu"; did you mean "function_value"' err.txt
code=0
"$flyt" sensitivity paths --of 'function_value[area=A]' --lang da 2>err.txt || code=$?
[ "$code" -eq 64 ] && grep -q 'serien har ingen dimension' err.txt
