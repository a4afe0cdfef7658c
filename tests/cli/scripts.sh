#!/usr/bin/env bash
# The scripts of the README, with stand-ins for dpkg, apt-get, sudo, cmake, ninja, ctest and flyt: they
# install only what is missing, ask for rights only then, and test.sh fails when a test failed, was
# skipped, or none ran.
set -eu
work=$2
mkdir -p "$work/project/.ci" "$work/bin"
cp -r "$FLYT_SOURCE_DIR/scripts" "$work/project/"
cp "$FLYT_SOURCE_DIR/.ci/run" "$work/project/.ci/"
cd "$work/project"
export LOG=$work/log INSTALLED=$work/installed CTEST_SAYS=$work/ctest CTEST_CODE=0 USER_ID=0
export APT_CODE=0
PATH=$work/bin:$PATH

# stand_in NAME: a command that notes how it was called; its body comes from standard input
stand_in() {
    {
        echo '#!/usr/bin/env bash'
        # shellcheck disable=SC2016 # expands when the stand-in runs
        echo 'echo "${0##*/} $*" >>"$LOG"'
        cat
    } >"$work/bin/$1"
    chmod +x "$work/bin/$1"
}
stand_in dpkg-query <<'SH'
if grep -qx -- "${*: -1}" "$INSTALLED"; then echo -n installed; else exit 1; fi
SH
stand_in apt-get <<'SH'
if [ "$1" = install ] && [ "$APT_CODE" -ne 0 ]; then echo "E: no such network"; exit "$APT_CODE"; fi
SH
stand_in sudo <<'SH'
"$@"
SH
stand_in id <<'SH'
echo "$USER_ID"
SH
stand_in cmake </dev/null
stand_in ninja </dev/null
stand_in ctest <<'SH'
cat "$CTEST_SAYS"
exit "$CTEST_CODE"
SH

fail() {
    echo "$*"
    cat "$work/out" "$LOG" 2>/dev/null || true
    exit 1
}
# run COMMAND...: what it says goes to out, its code to $code
run() {
    : >"$LOG"
    code=0
    "$@" >"$work/out" 2>&1 </dev/null || code=$?
}
called() {
    grep -q -- "$1" "$LOG"
}
all_packages() {
    awk '$1 ~ /^[a-z]/ {print $2}' scripts/packages.txt
}

# the list itself
[ "$(awk '$1 ~ /^[a-z]/ {print $1}' scripts/packages.txt | sort -u | xargs)" = "build long run test" ] ||
    fail "packages.txt has other sections"
[ -z "$(all_packages | sort | uniq -d)" ] || fail "a package is listed twice"

# nothing missing: nothing is called
all_packages >"$INSTALLED"
USER_ID=1000 run scripts/setup.sh run build test long
[ "$code" -eq 0 ] || fail "setup.sh failed with everything installed"
if called apt-get || called sudo; then fail "rights or packages asked for without need"; fi

# two missing: those two, once, without recommendations
grep -vxE 'ninja-build|gnuplot-nox' "$INSTALLED" >"$INSTALLED.less" && mv "$INSTALLED.less" "$INSTALLED"
run scripts/setup.sh
[ "$code" -eq 0 ] || fail "setup.sh failed"
called 'apt-get install .*--no-install-recommends .* gnuplot-nox ninja-build$' ||
    fail "not just what was missing was installed"
[ "$(grep -c 'apt-get update' "$LOG")" -eq 1 ] || fail "the lists are renewed once"
if called sudo; then fail "root needs no sudo"; fi
grep -q 'gnuplot-nox ninja-build' "$work/out" || fail "it does not say what it installs"

# not root: through sudo; a section that is complete asks for nothing
USER_ID=1000 run scripts/setup.sh
called '^sudo .*apt-get install' || fail "no sudo"
USER_ID=1000 run scripts/setup.sh test
if called sudo || called apt-get; then fail "packages of other sections were asked for"; fi

# not root and no sudo; no network: it says what to do
mkdir "$work/plain" # a path without the machine's own sudo
for tool in bash cat dirname env grep mkdir tail; do
    ln -s "$(command -v "$tool")" "$work/plain/$tool"
done
mv "$work/bin/sudo" "$work/sudo"
PATH=$work/bin:$work/plain USER_ID=1000 run scripts/setup.sh
[ "$code" -eq 1 ] || fail "without sudo it goes on"
grep -q 'administrator run: apt-get install gnuplot-nox ninja-build' "$work/out" ||
    fail "no word on how to go on without sudo"
mv "$work/sudo" "$work/bin/sudo"
APT_CODE=100 run scripts/setup.sh
[ "$code" -eq 1 ] || fail "it goes on without the packages"
grep -q 'no such network' "$work/out" || fail "what apt-get said is lost"
grep -q 'Is there a network' "$work/out" || fail "no word on what to look for"

# test.sh and .ci/run: the summary of ctest comes last, and a run without tests is no success
all_packages >"$INSTALLED"
summary='Total Test time (real) =   1.00 sec'
printf '%s\n' '100% tests passed, 0 tests failed out of 12' '' "$summary" >"$CTEST_SAYS"
run .ci/run
[ "$code" -eq 0 ] || fail "test.sh fails though all tests pass"
[ "$(tail -n 1 "$work/out")" = "$summary" ] || fail "the last line is not ctest's"
called 'ctest --preset release --no-tests=error' || fail "the release build was not tested"
called 'ctest --preset asan --no-tests=error' || fail "the sanitizers were not used"
grep -qE 'Unit tests with sanitizers: [0-9]+ s' "$work/out" || fail "no times"

CTEST_CODE=8 run scripts/test.sh
[ "$code" -ne 0 ] || fail "a failing test passes"
printf 'No tests were found!!!\n' >"$CTEST_SAYS"
run scripts/test.sh
[ "$code" -ne 0 ] || fail "no tests at all pass"
printf '%s\n' '100% tests passed, 0 tests failed out of 0' "$summary" >"$CTEST_SAYS"
run scripts/test.sh
[ "$code" -ne 0 ] || fail "0 tests pass"
printf '%s\n' '3/12 Test  #3: clients_xarray ...***Skipped   0.1 sec' \
    '100% tests passed, 0 tests failed out of 12' "$summary" \
    'The following tests did not run:' '3 - clients_xarray (Skipped)' >"$CTEST_SAYS"
run scripts/test.sh
[ "$code" -ne 0 ] || fail "a skipped test passes"
