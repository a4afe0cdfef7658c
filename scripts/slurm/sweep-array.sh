#!/usr/bin/env bash
# A sweep as a Slurm job array: each task does one part of the runs.
#
#     sbatch --array=0-63 scripts/slurm/sweep-array.sh SWEEP.yaml FOLDER [PARTS]
#
# PARTS (default: the tasks of the array) is needed when only some tasks are submitted again.
# Five minutes before its time is up, or when it is preempted, a task gets SIGUSR1 or SIGTERM,
# finishes the month it is in and ends with exit code 75: it is put into the queue again and goes on
# where it was. Submitting twice does nothing twice. Settings of the site (partition, account, time)
# go on the command line of sbatch.
#SBATCH --job-name=flyt-sweep
#SBATCH --cpus-per-task=4
#SBATCH --mem-per-cpu=1G
#SBATCH --time=04:00:00
#SBATCH --signal=B:USR1@300
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --output=flyt-sweep-%A_%a.log
set -u
if [ $# -lt 2 ] || [ -z "${SLURM_ARRAY_TASK_ID:-}" ]; then
    echo "usage: sbatch --array=0-N $0 SWEEP.yaml FOLDER [PARTS]" >&2
    exit 64
fi
sweep=$1 folder=$2
if [ $# -eq 3 ]; then
    shard=$SLURM_ARRAY_TASK_ID/$3
else
    shard=$((SLURM_ARRAY_TASK_ID - SLURM_ARRAY_TASK_MIN))/$SLURM_ARRAY_TASK_COUNT
fi

# not in the foreground: so the signal reaches this script at once, which hands it on
"${FLYT:-flyt}" sweep "$sweep" -o "$folder" --shard "$shard" --resume &
flyt=$!
signalled= code=0
trap 'signalled=1; kill -USR1 "$flyt" 2>/dev/null' USR1
trap 'signalled=1; kill -TERM "$flyt" 2>/dev/null' TERM
while
    wait "$flyt"
    code=$?
    [ -n "$signalled" ] # it ended the wait, not flyt
do signalled=; done
if [ "$code" -eq 75 ]; then
    echo "stopped before its end: back into the queue" >&2
    scontrol requeue "${SLURM_ARRAY_JOB_ID}_${SLURM_ARRAY_TASK_ID}"
fi
exit "$code"
