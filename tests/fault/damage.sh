#!/usr/bin/env bash
# `flyt verify` refuses a result file in which one bit is turned or whose end is missing (PROMISES
# 10). Where the damage is, is drawn with a fixed seed and told when it is missed.
set -eu
flyt=$1
flips=40 cuts=12
[ "${FLYT_LONG:-0}" != 1 ] || flips=1000 cuts=200
"$flyt" run "$FLYT_SOURCE_DIR/scenarios/tiny" -o a.h5 --quiet --replicates 2 --years 2 --set standstill.months=0
"$flyt" verify a.h5 | grep -qx 'a.h5: whole'
"$flyt" verify a.h5 --lang da | grep -qx 'a.h5: hel'
cat >damage.py <<'PY'
import random, subprocess, sys

flyt, flips, cuts = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
whole = open("a.h5", "rb").read()
draw = random.Random(20240101)
bits = [draw.randrange(8 * len(whole)) for _ in range(flips)]
at = whole.index(b"file_digest")  # where damage could hide best: in the digest itself
bits += [8 * draw.randrange(at, at + 160) + draw.randrange(8) for _ in range(flips // 10)]
damaged = [(f"bit {b}", b, None) for b in bits]
damaged += [(f"cut at {n}", None, n) for n in [0, 1, len(whole) - 1] +
            [draw.randrange(len(whole)) for _ in range(cuts - 3)]]
missed = 0
for name, bit, end in damaged:
    bytes_ = bytearray(whole[:end])
    if bit is not None:
        bytes_[bit // 8] ^= 1 << bit % 8
    open("b.h5", "wb").write(bytes_)
    said = subprocess.run([flyt, "verify", "b.h5"], capture_output=True, text=True)
    if said.returncode != 65 or not said.stderr.startswith("b.h5: "):
        print(f"{name}: exit {said.returncode}: {said.stdout}{said.stderr}")
        missed += 1
print(f"{len(bits)} bits turned, {cuts} files cut: {missed} not refused")
sys.exit(missed > 0)
PY
python3 damage.py "$flyt" $flips $cuts
# every file is looked at, the whole ones too
code=0
"$flyt" verify b.h5 a.h5 >said 2>&1 || code=$?
[ $code = 65 ] && grep -q 'a.h5: whole' said
