# A Slurm of one node, thrown away afterwards: no systemd, no cgroups, no munged, no accounting. Needs
# Debian's slurm-wlm (slurmctld, slurmd, the commands). auth/none is for this alone.
#
#     . slurm.bash; slurm_needed; slurm_start FOLDER [CPUS]; ...; slurm_wait JOB...

# Skips the test with a word when Slurm is not installed.
slurm_needed() {
    local command
    for command in slurmctld slurmd sbatch squeue scontrol; do
        if ! command -v "$command" >/dev/null; then
            echo "skipped: Slurm is not installed ($command; Debian: slurm-wlm)"
            exit 77
        fi
    done
}

slurm_stop() {
    [ -n "${slurm_on:-}" ] || return 0
    slurm_on=
    scancel --user="$(id -un)" || true
    scontrol shutdown || true
    local file pid
    for file in "$slurm"/*.pid; do
        pid=$(cat "$file" 2>/dev/null) || continue
        for _ in $(seq 50); do
            kill -0 "$pid" 2>/dev/null || break
            sleep 0.1
        done
        kill "$pid" 2>/dev/null || true
    done
}

# Starts it in a folder, as if the machine had so many processors (default 4: what the templates ask).
slurm_start() {
    slurm=$1
    local port=$((20000 + $$ % 20000)) cpus=${2:-4}
    mkdir -p "$slurm/state" "$slurm/spool"
    cat >"$slurm/slurm.conf" <<CONF
ClusterName=throwaway
SlurmctldHost=localhost
SlurmUser=$(id -un)
SlurmdUser=$(id -un)
AuthType=auth/none
CredType=cred/none
MpiDefault=none
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
StateSaveLocation=$slurm/state
SlurmdSpoolDir=$slurm/spool
SlurmctldPidFile=$slurm/slurmctld.pid
SlurmdPidFile=$slurm/slurmd.pid
SlurmctldLogFile=$slurm/slurmctld.log
SlurmdLogFile=$slurm/slurmd.log
SlurmctldPort=$port
SlurmdPort=$((port + 1))
SchedulerParameters=sched_interval=1,bf_interval=1,batch_sched_delay=0
KillWait=10
ReturnToService=2
SlurmdParameters=config_overrides
NodeName=localhost CPUs=$cpus RealMemory=8000 State=UNKNOWN
PartitionName=all Nodes=localhost Default=YES MaxTime=INFINITE State=UP
CONF
    export SLURM_CONF=$slurm/slurm.conf
    slurm_on=1
    trap slurm_stop EXIT
    slurmctld
    slurmd -N localhost
    for _ in $(seq 100); do
        [ "$(sinfo -h -o %t 2>/dev/null)" = idle ] && return 0
        sleep 0.2
    done
    echo "Slurm does not start"
    tail -5 "$slurm"/*.log
    exit 1
}

# Waits until jobs have left the queue; fails after two minutes. A job that was queued again would
# wait two minutes by itself (Slurm's life of credentials): it may begin at once here.
slurm_wait() {
    local end=$((SECONDS + 120)) id
    while [ -n "$(squeue -h -j "$(IFS=,; echo "$*")" 2>/dev/null)" ]; do
        for id in $(squeue -h -t PD -o '%i %r' | sed -n 's/ BeginTime$//p'); do
            scontrol update "JobId=$id" StartTime=now 2>/dev/null || true
        done
        if [ "$SECONDS" -gt "$end" ]; then
            squeue
            echo "jobs do not end"
            exit 1
        fi
        sleep 0.3
    done
}
