#!/usr/bin/env bash
# A sweep over the ranks of one MPI job; rank 0 hands out the runs, so that all ranks end together.
#
#     sbatch --ntasks=128 scripts/slurm/sweep-mpi.sh SWEEP.yaml FOLDER
#
# Needs a flyt that was built where an MPI was installed.
#SBATCH --job-name=flyt-sweep
#SBATCH --ntasks=16
#SBATCH --mem-per-cpu=1G
#SBATCH --time=04:00:00
#SBATCH --signal=B:USR1@300
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --output=flyt-sweep-%j.log
set -u
mpirun "${FLYT:-flyt}" sweep "$1" -o "$2" --resume &
mpirun=$!
# mpirun hands SIGUSR1 on to all ranks; SIGTERM would make it kill them
signalled= code=0
trap 'signalled=1; kill -USR1 "$mpirun" 2>/dev/null' USR1 TERM
while
    wait "$mpirun"
    code=$?
    [ -n "$signalled" ] # it ended the wait, not mpirun
do signalled=; done
if [ "$code" -eq 75 ]; then
    echo "stopped before its end: back into the queue" >&2
    scontrol requeue "$SLURM_JOB_ID"
fi
exit "$code"
