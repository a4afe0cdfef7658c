#!/usr/bin/env bash
# A run that is stopped is kept, says how to go on, and ends in the same bytes; a checkpoint that is
# damaged is passed over, one of another run is refused; a second signal ends at once.
set -eu
flyt=$1
cd "$2"
faults=0
fail() {
    printf '%s\n' "$*"
    faults=1
}
cat >policies.yaml <<'YAML'
title: Fire politikker
extends: tiny
years: 2
replicates: 2
parameters: {standstill.months: 0}
policies:
  flexible_letting: {from: 2025, share: 0.5}
  intake_steering: {from: 2025}
  second_chance: {from: 2025, capacity: 30, shelf: 0.2}
  social_lift: {from: 2025, intake: 100}
YAML

# wait_for FILES...: until one of them is there
wait_for() {
    while ! compgen -G "$1" >/dev/null; do sleep 0.01; done
}

# stop SIGNAL OUTPUT ARGS...: starts a run and stops it soon after its first checkpoint; anew when
# it was faster than that
stop() {
    local signal=$1 output=$2 process tries
    shift 2
    for tries in 1 2 3 4 5; do
        env --default-signal=INT "$flyt" run policies.yaml -q -o "$output" --checkpoint-every 2 \
            "$@" 2>said &
        process=$!
        wait_for "$output.checkpoint/*.checkpoint"
        kill -"$signal" "$process"
        code=0
        wait "$process" || code=$?
        [ "$code" = 0 ] || return 0
        rm "$output"
    done
    fail "$signal: $tries runs were done before they could be stopped"
}

# expect CODE PATTERN ARGS...: a run that ends so and says that
expect() {
    local want=$1 pattern=$2 got=0
    shift 2
    "$flyt" run "$@" -q 2>said || got=$?
    [ "$got" = "$want" ] || fail "flyt run $*: exit code $got, not $want: $(cat said)"
    grep -q -- "$pattern" said || fail "flyt run $*: not '$pattern' but: $(cat said)"
}

"$flyt" run policies.yaml -q -o straight.h5

# each signal; other threads; what is said
threads=1
for signal in TERM INT USR1 XCPU; do
    stop "$signal" stopped.h5 --threads 2
    [ "$code" = 75 ] || fail "$signal: exit code $code"
    [ "$(wc -l <said)" = 1 ] || fail "$signal: more than a line: $(cat said)"
    grep -q 'kept in stopped.h5.checkpoint; the same call with --resume goes on' said ||
        fail "$signal: $(cat said)"
    [ ! -e stopped.h5 ] || fail "$signal: a result was written"
    compgen -G 'stopped.h5.checkpoint/*.part' >/dev/null && fail "$signal: a part file is left"
    "$flyt" run policies.yaml -q -o stopped.h5 --resume --threads "$threads" ||
        fail "$signal: not gone on with"
    cmp straight.h5 stopped.h5 || fail "$signal: other bytes"
    [ ! -e stopped.h5.checkpoint ] || fail "$signal: checkpoints are left"
    rm stopped.h5
    threads=$((threads + 1))
done

# what is there is not started anew in silence, and not mixed with another run
stop TERM b.h5
expect 64 'b.h5.checkpoint keeps a run that was stopped: --resume goes on with it' policies.yaml -o b.h5
expect 65 'replicate-000000-month-.*is of another run: it says --seed 1, this call --seed 7' \
    policies.yaml -o b.h5 --resume --seed 7
expect 65 'it says --set, this call --set search.owner=0.3' policies.yaml -o b.h5 --resume \
    --set search.owner=0.3
expect 64 'keeps replicate [01], which is not asked for' policies.yaml -o b.h5 --resume -r 2
expect 65 'it says --years 2, this call --years 5' policies.yaml -o b.h5 --resume --years 5
expect 65 'it says scenario policies, this call scenario tiny' "$FLYT_SOURCE_DIR/scenarios/tiny" \
    -o b.h5 -n 2 --resume
cp policies.yaml same.yaml
sed -i 's/intake: 100/intake: 101/' policies.yaml
expect 65 'it says inputs [0-9a-f]*, this call inputs' policies.yaml -o b.h5 --resume
mv same.yaml policies.yaml

# the newest of a replicate is damaged: the one before it serves, and that is told
rm -r b.h5.checkpoint
stop TERM b.h5 -n 1 --checkpoint-every 1
"$flyt" run policies.yaml -q -o b.h5 -n 1 --checkpoint-every 1 --resume 2>said &
process=$!
wait_for 'b.h5.checkpoint/*-month-00001[0-9].checkpoint'
kill -KILL "$process" # a power cut
wait "$process" 2>said || true
[ ! -e b.h5 ] || fail "the run was done before it could be killed"
touch b.h5.checkpoint/replicate-000000-month-000005.checkpoint.part
cp -r b.h5.checkpoint whole
newest=$(printf '%s\n' b.h5.checkpoint/*.checkpoint | tail -1)
older=$(printf '%s\n' b.h5.checkpoint/*.checkpoint | tail -2 | head -1)
[ "$newest" != "$older" ] || fail "only one checkpoint is kept"
damage() {
    python3 - "$1" <<'PY'
import sys
with open(sys.argv[1], "r+b") as file:
    file.seek(100000)
    byte = file.read(1)[0]
    file.seek(100000)
    file.write(bytes([byte ^ 16]))
PY
}
"$flyt" run policies.yaml -q -o one.h5 -n 1
damage "$newest"
expect 0 'damaged' policies.yaml -o b.h5 -n 1 --resume
cmp one.h5 b.h5 || fail "other bytes after a damaged checkpoint"
[ ! -e b.h5.checkpoint ] || fail "left after a kill: $(ls b.h5.checkpoint)"
rm b.h5
cp -r whole b.h5.checkpoint
for file in b.h5.checkpoint/*.checkpoint; do # two, or three where the kill came between
    truncate -s -1 "$file"
done
expect 65 'is damaged, and there is no older one that is whole' policies.yaml -o b.h5 -n 1 --resume
[ ! -e b.h5 ] || fail "a result of a damaged checkpoint"

# how often
expect 64 '0 is neither a number of months' policies.yaml -o c.h5 --checkpoint-every 0
expect 64 '5 days is neither' policies.yaml -o c.h5 --checkpoint-every '5 days'
"$flyt" run policies.yaml -q -o c.h5 --checkpoint-every 1s
cmp straight.h5 c.h5 || fail "keeping the state changed the result"
"$flyt" run policies.yaml -q -o c.h5 --resume || fail "nothing to go on with is no fault"
[ ! -e c.h5.checkpoint ] || fail "checkpoints are left of a run that ended"

exit "$faults"
