#!/usr/bin/env bash
# The run that the clients read: made once, whole, and the same bytes on one thread and on two.
set -eu
. "$(dirname "$0")/common.bash"
small_run --threads 1
mv small.h5 one.h5
small_run --threads 2
cmp one.h5 small.h5
"$flyt" verify small.h5
