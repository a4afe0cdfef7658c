#!/usr/bin/env bash
# One file of a sweep's runs, when the array has ended:
#
#     job=$(sbatch --parsable --array=0-63 scripts/slurm/sweep-array.sh SWEEP.yaml FOLDER)
#     sbatch --dependency=afterok:$job scripts/slurm/sweep-merge.sh FOLDER
#SBATCH --job-name=flyt-merge
#SBATCH --cpus-per-task=1
#SBATCH --mem=2G
#SBATCH --time=01:00:00
#SBATCH --output=flyt-merge-%j.log
set -eu
"${FLYT:-flyt}" merge "$1" ${2:+-o "$2"}
