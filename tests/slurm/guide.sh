#!/usr/bin/env bash
# The commands of docs/hpc.md run, one block after the other, on a real Slurm that is started here and
# thrown away. Sizes are made small: fewer tasks, ranks, points, years; nothing else is changed.
# FLYT_MPI: a flyt that was built with MPI; without one, commands that need it are left out.
set -eu
flyt=$1
cd "$2"
source_dir=${FLYT_SOURCE_DIR:?}
. "$source_dir/tests/slurm/slurm.bash"
export LC_ALL=C OMP_WAIT_POLICY=passive OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
slurm_needed

mkdir bin
program=${FLYT_MPI:-$flyt} mpi=
ln -s "$program" bin/flyt
ldd "$program" | grep -q libmpi && command -v mpirun >found.txt && mpi=1
export PATH=$PWD/bin:$PATH
# as the program finds them: the sweeps here are copies, the scenarios the shipped ones
mkdir -p scenarios/sweeps scripts
ln -s "$source_dir/scripts/slurm" scripts/slurm
cp "$source_dir"/scenarios/sweeps/*.yaml scenarios/sweeps/
sed -i 's/points: 1024/points: 16/; s/years: [0-9]*/years: 1/; s/replicates: [0-9]*/replicates: 1/' scenarios/sweeps/*.yaml
for file in scenarios/sweeps/fyn-policies*.yaml; do # a small world for a large one, two policies
    sed -i '/^sample:/d; /housing_career/d; /second_chance/d; s/^scenario: fyn/scenario: tiny/
            s/: Odense$/: Nordby/' "$file"
    echo 'parameters: {standstill.months: 1}' >>"$file"
done
ln -s "$source_dir/scenarios/test_functions.yaml" scenarios/sweeps/test_functions.yaml
cp scenarios/sweeps/tiny.yaml big.yaml

slurm_start "$PWD/slurm" 4
awk '/^```sh$/ {n++; on = 1; next} /^```$/ {on = 0} on {print > sprintf("block-%02d.sh", n)}' \
    "$source_dir/docs/hpc.md"
[ "$(find . -maxdepth 1 -name 'block-*.sh' | wc -l)" -ge 7 ]
for block in block-*.sh; do
    [ -n "$mpi" ] || sed -i '/mpirun\|sweep-mpi/d' "$block"
    sed -i 's/--array=0-63/--array=0-3/; s/0\/64/0\/4/; s/--ntasks=128/--ntasks=2/; s/mpirun flyt/mpirun --oversubscribe -n 2 flyt/' "$block"
    sed -i "s|flyt run scenarios/fyn -n 20|flyt run $source_dir/scenarios/tiny -n 2 --years 1|" "$block"
    echo "== $block"
    cat "$block"
    if grep -q 'sweep-mpi' "$block"; then # the same sweep again, by ranks
        mv runs/big.h5 array.h5
        rm -r runs/big
    fi
    bash -eu "$block" >said.txt 2>&1 || { echo "exit $?"; cat said.txt; exit 1; }
    for job in $(squeue -h -o %A | sort -u); do slurm_wait "$job"; done
    for log in flyt-*.log; do
        [ ! -e "$log" ] || ! grep -E 'error|fatal|cannot|is no ' "$log" || { echo "in $log"; exit 1; }
    done
done
if [ -e array.h5 ]; then
    flyt merge runs/big -q
    cmp array.h5 runs/big.h5
fi
for file in runs/tiny.h5 runs/big.h5 runs/fyn-policies.h5; do
    flyt verify "$file" -q
done
[ -s runs/fyn-policies-why/sensitivity.svg ] && [ -s runs/ishigami-why/sensitivity.csv ]
