#!/usr/bin/env bash
# Every call that writes a result fails once, in every way: the exit code says so, the message names
# the file, the old file stands and no part file is left. Interrupted and short writes are mended.
set -eu
flyt=$1
source_dir=${FLYT_SOURCE_DIR:?}
if ldd "$flyt" | grep -qE 'lib[at]san'; then
    echo "sanitizers want to be loaded first: run in another build"
    exit 77
fi
cc -shared -fPIC -o fail_call.so "$source_dir/tests/fault/fail_call.c" -ldl
run() {
    "$flyt" run "$source_dir/scenarios/tiny" -o a.h5 --quiet --replicates 1 --set years=1 --set standstill.months=0 --threads 1 "$@"
}
run --seed 1
cp a.h5 old.h5
run --seed 2
mv a.h5 new.h5
n=0
EINTR=4 EIO=5 ENOSPC=28 EDQUOT=122
for call in openat write fsync renameat; do
    cp old.h5 a.h5
    FAIL_COUNT=$PWD/count FAIL_CALL=$call LD_PRELOAD=$PWD/fail_call.so run --seed 2
    calls=$(cat count)
    [ "$calls" -ge 1 ] || { echo "$call is never called"; exit 1; }
    for at in $(seq "$calls"); do
        for error in $EINTR $EIO $ENOSPC $EDQUOT short; do
            [ $error = short ] && [ $call != write ] && continue
            [ $error = $EINTR ] && [ $call = renameat ] && continue # rename is never interrupted
            cp old.h5 a.h5
            set +e
            FAIL_CALL=$call FAIL_AT=$at FAIL_ERRNO=$error LD_PRELOAD=$PWD/fail_call.so \
                run --seed 2 >said.txt 2>&1
            code=$?
            set -e
            n=$((n + 1))
            what="$call $at of $calls with $error: exit $code"
            [ ! -e a.h5.part ] || { echo "$what: a part file is left"; exit 1; }
            if [ $error = $EINTR ] || [ $error = short ]; then
                [ $code = 0 ] && cmp -s a.h5 new.h5 || { echo "$what"; cat said.txt; exit 1; }
                continue
            fi
            [ $code = 73 ] || [ $code = 74 ] || { echo "$what"; cat said.txt; exit 1; }
            grep -q 'a\.h5: ' said.txt || { echo "$what"; cat said.txt; exit 1; }
            # the last fsync is the folder's: the new file is then whole and in its place
            if [ $call = fsync ] && [ "$at" = "$calls" ]; then
                cmp -s a.h5 new.h5 || { echo "$what: the new file is not whole"; exit 1; }
            else
                cmp -s a.h5 old.h5 || { echo "$what: the old file has changed"; exit 1; }
            fi
        done
    done
done
echo "$n failures"
[ $n -ge 20 ]

# the same with a file-size limit, which needs no tricks
cp old.h5 a.h5
set +e
(ulimit -f 20; run --seed 2 >said.txt 2>&1)
code=$?
set -e
[ $code = 74 ] && cmp a.h5 old.h5 && [ ! -e a.h5.part ] || { echo "file-size limit: exit $code"; cat said.txt; exit 1; }

# only a Flyt result is ever replaced
echo "my notes" >notes.txt
set +e
"$flyt" run "$source_dir/scenarios/tiny" -o notes.txt --quiet --set years=1 --set standstill.months=0 >said.txt 2>&1
code=$?
set -e
[ $code = 73 ] && [ "$(cat notes.txt)" = "my notes" ] && grep -q 'no Flyt result' said.txt
