#!/usr/bin/env bash
# The build writes the ids of random streams from their names, policies' included, and stops when two
# streams would draw the same numbers.
set -eu
cd "$2"
cat >write.cmake <<CMAKE
cmake_minimum_required(VERSION 3.25)
include($FLYT_SOURCE_DIR/cmake/streams.cmake)
flyt_write_streams($2/streams.h $2/streams.def $2/policy.c)
CMAKE
# write EXPECTED_CODE: what CMake says goes to out
write() {
    local code=0
    rm -f streams.h
    cmake -P write.cmake >out 2>&1 || code=1
    [ "$code" -eq "$1" ] || { cat out streams.def policy.c && exit 1; }
}

printf '# a comment\nluck   eight uniforms\ntest   unit tests\n' >streams.def
printf 'int x;\nFLYT_POLICY_STREAM(grants, "who gets a grant")\n' >policy.c
write 0
for stream in luck test grants; do
    id=$(printf '%s' "$stream" | md5sum | cut -c 1-4)
    grep -q "FLYT_STREAM_$stream = 0x$id," streams.h
done
[ "$(grep -c 'FLYT_STREAM_' streams.h)" -eq 3 ]

# another stream leaves the ids of the others alone
grep 'FLYT_STREAM_' streams.h | sort >before
printf 'aaa   first in every order\n' >>streams.def
write 0
[ -z "$(sort streams.h | comm -23 before -)" ]

# one name twice; two names with one hash (found by trying); a policy that takes an engine's name
printf 'luck a\nluck b\n' >streams.def
write 1
printf 'stream89 a\nstream183 b\n' >streams.def
write 1
grep -q "stream183" out
printf 'grants a\n' >streams.def
write 1
