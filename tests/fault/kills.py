"""kills.py FLYT FOLDER N [FLYT_WITH_MPI]: N kills of a sweep and its merge; see kills.sh."""
import filecmp
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

FLYT, FOLDER, N = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
MPI = sys.argv[4] if len(sys.argv) > 4 else ""
OPENING, WRITING, SYNCING, RENAMING, KINDS = range(5)
SWEEP = """title: To be killed
scenario: tiny
plan: grid
replicates: 2
years: 2
parameters: {standstill.months: 6}
factors:
  policies.flexible_letting: [no, yes]
  letting.claim: [0.2, 0.8]
series: [households, moves_out]
"""


def flyt(*words, **options):
    return subprocess.run([FLYT, *words], cwd=FOLDER, capture_output=True, text=True, timeout=120,
                          check=False, **options)


def need(done):
    assert done.returncode == 0, (done.args, done.returncode, done.stderr)


class Victims:
    """Processes of flyt that are watched by watch_call.so."""

    def __init__(self, commands):
        self.watch = FOLDER / "watch"
        shutil.rmtree(self.watch, ignore_errors=True)
        self.watch.mkdir()
        shared = {"LD_PRELOAD": str(FOLDER / "watch_call.so"), "WATCH_FOLDER": str(self.watch),
                  "WATCH_MICROSECONDS": "2000"}
        # mpirun hands its own environment on to the ranks
        self.process = [subprocess.Popen(c, cwd=FOLDER, env={**os.environ, **shared},
                                         stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
                        for c in commands]

    def pids(self):
        return sorted(int(p.name) for p in self.watch.iterdir())

    def counts(self, pid):
        try:
            counts = (self.watch / str(pid)).read_bytes()
        except FileNotFoundError:
            counts = b""
        return counts if len(counts) == 2 * KINDS else bytes(2 * KINDS)

    def is_over(self):
        return all(p.poll() is not None for p in self.process)

    def end(self):
        for p in self.process:
            try:
                p.communicate(timeout=60)
            except subprocess.TimeoutExpired:
                p.kill()
                raise


def phase(counts, began, merging):
    """What a process was about."""
    if not began:
        return "before it began"
    for kind, name in ((WRITING, "writing"), (SYNCING, "syncing"), (RENAMING, "renaming"),
                       (OPENING, "opening a part file")):
        if counts[kind]:
            return name
    if merging:
        return "reading and packing"
    return "simulating" if counts[KINDS + RENAMING] else "reading the sweep"


def strike(victims, sign, wanted, most, draw):
    """Waits for a moment and sends the signal to one process: what it hit. `wanted` writes are
    waited for, else a time."""
    until, end = time.monotonic() + draw.uniform(0, most), time.monotonic() + 60
    while True:
        assert time.monotonic() < end, "nothing to kill"
        if victims.is_over():
            return "after its end", None
        pids = victims.pids()
        if wanted:
            for pid in draw.sample(pids, len(pids)):
                counts = victims.counts(pid)
                if counts[WRITING] and counts[KINDS + WRITING] >= wanted:
                    break
            else:
                time.sleep(0.0002)
                continue
        elif time.monotonic() < until or not pids:
            time.sleep(0.0005)
            continue
        else:
            pid = draw.choice(pids)
        if sign == signal.SIGKILL:
            try:
                os.kill(pid, signal.SIGSTOP)  # what it is about stands still
            except ProcessLookupError:
                continue
        counts = victims.counts(pid)
        try:
            os.kill(pid, sign)
        except ProcessLookupError:
            continue
        return counts, pid


def attempt(target, sign, wanted, draw, spans):
    """One kill, then the way back. Returns the phase that it hit."""
    folder = FOLDER / "killed"
    if target == "merge":
        commands = [[FLYT, "merge", "whole", "-o", "killed.h5", "-q"]]
    elif target == "ranks":
        commands = [["mpirun", "--oversubscribe", "-n", "2", MPI, "sweep", "sweep.yaml", "-o",
                     "killed", "--resume", "-t", "1", "-q"]]
    elif target == "shards":
        commands = [[FLYT, "sweep", "sweep.yaml", "-o", "killed", "--shard", f"{i}/2", "-t", "1",
                     "-q"] for i in range(2)]
    else:
        commands = [[FLYT, "sweep", "sweep.yaml", "-o", "killed", "-t", "2", "-q"]]
    shutil.rmtree(folder, ignore_errors=True)
    (FOLDER / "killed.h5").unlink(missing_ok=True)
    begun = time.monotonic()
    victims = Victims(commands)
    hit, pid = strike(victims, sign, wanted, 0.9 * spans.get(target, 0.5), draw)
    victims.end()
    spans[target] = max(spans.get(target, 0.0), time.monotonic() - begun)
    if isinstance(hit, str):
        name = hit
    else:
        name = phase(hit, True, target == "merge")
    codes = [p.returncode for p in victims.process]
    if pid is not None and target != "ranks":  # 75: in order; 0: it was past its last run
        want = {signal.SIGKILL: {-9, 0}, signal.SIGTERM: {75, 0, -15}}[sign]
        assert set(codes) <= want | {0}, (target, sign, name, codes)
    if target != "merge":
        need(flyt("sweep", "sweep.yaml", "-o", "killed", "--resume", "-q"))
        need(flyt("merge", "killed", "-q"))
    else:
        need(flyt("merge", "whole", "-o", "killed.h5", "-q"))
    assert filecmp.cmp(FOLDER / "whole.h5", FOLDER / "killed.h5", shallow=False), (target, name)
    stale = [str(p) for p in FOLDER.rglob("*.part")]
    assert not stale, (target, name, stale)
    return name


def main():
    (FOLDER / "sweep.yaml").write_text(SWEEP)
    need(flyt("sweep", "sweep.yaml", "-o", "whole", "-q"))
    need(flyt("merge", "whole", "-q"))
    draw, table, spans = random.Random(20240101), Counter(), {}
    targets = ["shards", "threads", "merge"] + (["ranks"] if MPI else [])
    print("targets:", ", ".join(targets), "" if MPI else "(no MPI: its ranks are left out)")
    for i in range(N):
        target = targets[i % len(targets)]
        sign = signal.SIGKILL if i // len(targets) % 2 == 0 else signal.SIGTERM
        wanted = draw.randint(1, 5) if draw.random() < 0.3 or i < 4 else 0
        table[target, sign.name, attempt(target, sign, wanted, draw, spans)] += 1
    for (target, sign, name), n in sorted(table.items()):
        print(f"{target:8} {sign:8} {name:22} {n:4}")
    in_write = sum(n for (_, _, name), n in table.items() if name == "writing")
    over = sum(n for (_, _, name), n in table.items() if name == "after its end")
    print(f"{N} kills, {in_write} in the middle of a write, {over} too late; "
          "merged files that differ: 0, part files left: 0")
    return in_write * 10 < N


sys.exit(main())
