#!/usr/bin/env bash
# A sweep gives the same bytes from one thread, two, shards, ranks of MPI, and a job array of a real
# Slurm, started here and thrown away; an array whose tasks are stopped half way goes on by itself.
# FLYT_LONG=1: 64 points of four replicates, as docs/hpc.md says; FLYT_MPI names a flyt that was built
# with MPI when the tested one was not.
set -eu
flyt=$1
cd "$2"
source_dir=${FLYT_SOURCE_DIR:?}
. "$source_dir/tests/slurm/slurm.bash"
export LC_ALL=C OMP_WAIT_POLICY=passive FLYT=$flyt
slurm_needed

steps=4 replicates=2
[ "${FLYT_LONG:-0}" != 1 ] || steps=16 replicates=4
cat >sweep.yaml <<YAML
title: A sweep of $((4 * steps)) points
scenario: tiny
plan: grid
replicates: $replicates
years: 1
parameters: {standstill.months: 6}
factors:
  policies.flexible_letting: [no, yes]
  search.almen_family: [0.01, 0.02]
  letting.claim: {from: 0.2, to: 0.8, steps: $steps}
series: [households, moves_out, area_criteria]
YAML
same() { # FOLDER WHAT
    "$flyt" merge "$1" -q
    cmp threads-1.h5 "$1.h5"
    [ -z "$(find "$1" -name '*.part')" ]
    echo "the same bytes: $2"
}

"$flyt" sweep sweep.yaml -o threads-1 -t 1 -q
"$flyt" merge threads-1 -q
"$flyt" sweep sweep.yaml -o threads-2 -t 2 -q
same threads-2 "two threads"
for i in 2 0 3 1; do "$flyt" sweep sweep.yaml -o shards --shard $i/4 -t 1 -q; done
same shards "four shards"

mpi=${FLYT_MPI:-$flyt}
if command -v mpirun >found.txt && ldd "$mpi" | grep -q libmpi; then
    export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
    for ranks in 2 3; do
        mpirun --oversubscribe -n $ranks "$mpi" sweep sweep.yaml -o ranks-$ranks -t 1 -q
        same ranks-$ranks "$ranks ranks of MPI"
    done
else
    echo "no MPI: its ranks are left out"
fi

slurm_start "$PWD/slurm"
array=$source_dir/scripts/slurm/sweep-array.sh merge=$source_dir/scripts/slurm/sweep-merge.sh
small="--cpus-per-task=1 --mem-per-cpu=100M"
alone="--cpus-per-task=1 --mem=100M"
job=$(sbatch --parsable $small --array=0-3 "$array" sweep.yaml array)
merged=$(sbatch --parsable $alone --dependency=afterok:$job "$merge" array)
slurm_wait "$job" "$merged"
cmp threads-1.h5 array.h5 || { cat flyt-*.log; exit 1; }
echo "the same bytes: a job array, merged by the job after it"

# stopped by SIGUSR1, as at the end of their time, tasks are queued again and go on
sed 's/years: 1/years: 20/' sweep.yaml >long.yaml
job=$(sbatch --parsable $small --array=0-1 "$array" long.yaml again)
until [ "$(find again/runs -name '*.run' 2>/dev/null | wc -l)" -ge 2 ]; do
    [ -n "$(squeue -h -j "$job")" ] || { echo "the array ended too soon"; exit 1; }
    sleep 0.05
done
scancel --signal=USR1 --batch "$job" 2>/dev/null || true
slurm_wait "$job"
grep -q "back into the queue" "flyt-sweep-${job}"_*.log || { cat "flyt-sweep-${job}"_*.log; exit 1; }
"$flyt" sweep long.yaml -o once -q
"$flyt" merge once -q
"$flyt" merge again -q
cmp once.h5 again.h5
echo "the same bytes: a job array that was stopped and went on"

# some parts alone, of an array of four
"$flyt" sweep sweep.yaml -o some --shard 0/4 -q
"$flyt" sweep sweep.yaml -o some --shard 2/4 -q
job=$(sbatch --parsable $small --array=1,3 "$array" sweep.yaml some 4)
slurm_wait "$job"
same some "two of four parts, submitted again"
