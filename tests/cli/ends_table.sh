#!/usr/bin/env bash
# scripts/ends.py counts hits at the ends of assumed parameters: of a file whose answer is known.
set -eu
cd "$2"
cat >ends.csv <<'CSV'
parameter,value,target,known,simulated,spread,verdict
,,a,1,1,,hit
,,b,1,2,,miss
,,c,1,1,,inside
x.y,0,a,1,2,,miss
x.y,0,b,1,2,,miss
x.y,0,c,1,1,,inside
x.y,1,a,1,1,,hit
x.y,1,b,1,1,,hit
x.y,1,c,1,1,,inside
x.z,0,a,1,1,,hit
x.z,0,b,1,2,,miss
x.z,0,c,1,1,,inside
x.z,2,a,1,,,no_run
x.z,2,b,1,,,no_run
x.z,2,c,1,,,no_run
CSV
python3 "$FLYT_SOURCE_DIR/scripts/ends.py" ends.csv --far 1 >found.md
cat >expected.md <<'MD'
1 of 2 hard rows are hit as it is. Of 3 ends that ran, 1 change no verdict; not run: `x.z` 2.

Fewer hits, 0 or less:

| parameter | end | hits (1 as it is) |
| --- | --: | --: |
| `x.y` | 0 | 0 |

More hits, 2 or more:

| parameter | end | hits (1 as it is) |
| --- | --: | --: |
| `x.y` | 1 | 2 |

| row | as it is | ends at which it is not |
| --- | --- | --: |
| `a` | hit | 1 |
| `b` | miss | 1 |
MD
diff expected.md found.md
