#!/usr/bin/env bash
# `flyt run` and the command line as a person meets them: help, options, exit codes, what is written.
set -u
flyt=$1
src=$FLYT_SOURCE_DIR
export LC_ALL=C
faults=0

# expect CODE TEXT COMMAND...: the exit code, and a text in what it prints
expect() {
    local code=$1 text=$2 got out
    shift 2
    out=$("$@" 2>&1)
    got=$?
    if [ "$got" -ne "$code" ] || ! grep -qF -- "$text" <<<"$out"; then
        printf 'wanted code %s and "%s", got %s from: %s\n%s\n' "$code" "$text" "$got" "$*" "$out"
        faults=1
    fi
}

fyn=$src/scenarios/fyn
tiny=$src/scenarios/tiny # where a run must end and its size shows nothing
expect 64 "Usage: flyt COMMAND" "$flyt"
expect 0 "Brug: flyt KOMMANDO" "$flyt" --help --lang da
expect 0 "result file (default: runs/SCENARIO.h5)" "$flyt" run --help
expect 0 "resultatfil (ellers runs/SCENARIE.h5)" env LC_ALL=da_DK.UTF-8 "$flyt" run --help
expect 0 "flyt " "$flyt" --version
expect 64 "did you mean 'flyt run'" "$flyt" runs "$fyn"
expect 64 "did you mean --threads" "$flyt" run --treads 2 "$fyn"
expect 64 "--threads needs a value" "$flyt" run "$fyn" --threads
expect 64 "--threads: 0 is no whole number" "$flyt" run "$fyn" --threads 0
expect 64 "--lang: sv is neither da nor en" "$flyt" run "$fyn" --lang sv
expect 64 "usage: flyt run SCENARIO" "$flyt" run
expect 64 "usage: flyt run SCENARIO" "$flyt" run "$fyn" "$fyn"
expect 64 "exclude each other" "$flyt" run "$fyn" --replicate 2 --replicates 4
expect 64 "--seed: 4294967296 is no whole number" "$flyt" run "$fyn" --seed 4294967296
expect 64 "--years: 0 is no whole number" "$flyt" run "$fyn" --years 0
expect 64 "--years: 300 is no whole number from 1 to 200" "$flyt" run "$fyn" --years 300
expect 0 "12 years from 2024" "$flyt" run "$fyn" --years 12 --dry-run
expect 66 "nowhere" "$flyt" run nowhere
expect 71 "GiB" "$flyt" run "$fyn" --replicates 10000 --set years=200 -o big.h5
expect 73 "precious.txt" bash -c "echo kept > precious.txt; '$flyt' run '$fyn' -o precious.txt"
expect 0 kept cat precious.txt
expect 73 "precious.txt" "$flyt" run "$fyn" -o precious.txt/out.h5
[ ! -e big.h5 ] || { echo "big.h5 was written"; faults=1; }

expect 0 "memory: about" "$flyt" run "$fyn" --dry-run
expect 0 "hukommelse: ca. " "$flyt" run "$fyn" --dry-run --lang da
for lang in en da; do
    small=$("$flyt" run "$src/scenarios/schelling.yaml" --dry-run --lang $lang)
    ! grep -qE '[^0-9.,]0(,0|\.0)? [KM]iB' <<<"$small" || { echo "memory of nothing: $small"; faults=1; }
done
[ ! -e runs ] || { echo "a dry run made runs/"; faults=1; }
expect 0 "written: runs/tiny.h5" "$flyt" run "$tiny" --set standstill.months=0 --set years=1 -n 1
expect 0 "written: runs/tiny.h5" "$flyt" run "$tiny" --set standstill.months=0 --set years=1 -n 1
[ "$(ls -A runs)" = tiny.h5 ] || { ls -A runs; faults=1; }

# progress: one line a year, of the pass too, where there is no terminal, nothing with --quiet
code=0
"$flyt" run "$tiny" --set standstill.months=12 --set years=3 -n 2 -o a.h5 2>said >/dev/null || code=$?
if [ "$code" -ne 0 ] || [ "$(wc -l <said)" -ne 4 ]; then
    printf 'exit code %s, not a line for a year before and each of 3 years but:\n%s\n' "$code" "$(cat said)"
    faults=1
fi
quiet=$("$flyt" run "$tiny" --set standstill.months=0 --set years=1 -n 1 -q -o a.h5 2>&1)
[ -z "$quiet" ] || { echo "--quiet printed: $quiet"; faults=1; }

# Ctrl-C: one line, exit code 75, no result and no part file; not where it is ignored
cat >stop.py <<'PY'
import os, shutil, signal, subprocess, sys, time
flyt, scenario = sys.argv[1:]
def run(lang, *words, disposition=signal.SIG_DFL, quiet=("-q",)):
    return subprocess.Popen([flyt, "run", scenario, "--set", "standstill.months=0", "--lang", lang, "-o", "stop/a.h5", *quiet, *words],
                            stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True,
                            preexec_fn=lambda: signal.signal(signal.SIGINT, disposition))
wrong = 0
for lang, words, text in (("en", ("-n1",), "stopped after "), ("da", ("-n2",), "stoppet efter ")):
    process = run(lang, "--set", "years=100", *words, quiet=())
    process.stderr.readline()  # the first year is done
    process.send_signal(signal.SIGINT)
    said = [line for line in process.communicate(timeout=60)[1].splitlines() if "household" not in line
            and "husstand" not in line]
    left = os.listdir("stop") if os.path.exists("stop") else []
    if (process.returncode != 75 or len(said) != 1 or not said[0].startswith(text)
            or left != ["a.h5.checkpoint"]):
        print("Ctrl-C:", process.returncode, said, left)
        wrong = 1
    shutil.rmtree("stop/a.h5.checkpoint", ignore_errors=True)
process = run("en", "--set", "years=1", "-n1", disposition=signal.SIG_IGN)
time.sleep(0.3)
process.send_signal(signal.SIGINT)
said = process.communicate(timeout=120)[1]
if process.returncode != 0 or said or os.listdir("stop") != ["a.h5"]:
    print("SIGINT that is ignored:", process.returncode, said)
    wrong = 1
sys.exit(wrong)
PY
python3 stop.py "$flyt" "$fyn" || faults=1

exit "$faults"
