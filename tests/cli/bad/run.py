"""run.py FLYT FOLDER [NAME]: breaks the sound scenario as each case of cases.py says and checks
what `flyt check`, `flyt run` and `flyt sweep` make of it: exit code, one line on stderr for each fault that
begins with its place and holds its message, nothing on stdout, no control characters, no file
made or changed, and the same places in Danish with other words."""
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

sys.dont_write_bytecode = True
import cases

FLYT, FOLDER = Path(sys.argv[1]).resolve(), Path(sys.argv[2])
SOUND = Path(__file__).parent / "sound"


def snapshot(folder):
    """Every path below a folder with its bytes, kind and time."""
    seen = {}
    for root, folders, files in os.walk(folder):
        for name in folders + files:
            path = Path(root) / name
            info = path.lstat()
            content = path.read_bytes() if path.is_file() and info.st_size < 1 << 20 else None
            seen[str(path)] = (info.st_mode, info.st_size, info.st_mtime_ns, content)
    return seen


def run(command, lang, case, folder):
    words = [str(FLYT), *command.split(), "--lang", lang, *case.arguments, case.path]
    words += ["-o", "old.h5"] if command == "run" else []
    words += ["-o", "new"] if command.startswith("sweep") else []
    done = subprocess.run(words, cwd=folder, capture_output=True, timeout=60, check=False)
    return done.returncode, done.stdout, done.stderr.decode("utf-8")


def complaints(case, command, lang, code, out, err):
    """What is wrong with an answer."""
    lines = err.splitlines()
    if code != case.code:
        yield f"exit code {code}, not {case.code}"
    if out:
        yield f"stdout: {out[:200]!r}"
    if re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", err):
        yield "control characters on stderr"
    if len(lines) != len(case.faults):
        yield f"{len(lines)} faults, not {len(case.faults)}"
    for (place, message), line in zip(case.faults, lines):
        prefix = place if place.startswith("--set") or not place else f"case/{place}"
        if place and not line.startswith(prefix + ": "):
            yield f"not at {prefix}"
        if lang == "en" and message not in line:
            yield f"lacks {message!r}"


def check(case, folder):
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(SOUND, folder / "case")
    shutil.copy(FOLDER / "sound.h5", folder / "old.h5")
    for change in case.changes:
        change(folder / "case")
    before = snapshot(folder)
    wrong, said = [], {}
    for command in case.commands:
        for lang in ("en", "da"):
            try:
                code, out, err = run(command, lang, case, folder)
            except subprocess.TimeoutExpired:
                wrong.append(f"{command}: hangs")
                continue
            said[command, lang] = err
            wrong += [f"{command} {lang}: {text}\n    {err.strip()[:1500]}"
                      for text in complaints(case, command, lang, code, out, err)]
    for command in case.commands:
        if said.get((command, "en")) == said.get((command, "da")):
            wrong.append(f"{command}: no Danish: {said.get((command, 'da'))}")
    if snapshot(folder) != before:
        wrong.append("files were made or changed")
    return wrong


def main():
    picked = [c for c in cases.CASES if len(sys.argv) < 4 or c.name == sys.argv[3]]
    names = [c.name for c in cases.CASES]
    assert len(set(names)) == len(names), "names stand twice"
    shutil.copytree(SOUND, FOLDER / "sound", dirs_exist_ok=True)
    for words in (["check", "sound"], ["run", "sound", "-q", "-o", "sound.h5"]):
        done = subprocess.run([str(FLYT), *words], cwd=FOLDER, capture_output=True, check=False)
        assert done.returncode == 0, (words, done)  # else the cases would prove nothing
    failed = 0
    for i, case in enumerate(picked):
        wrong = check(case, FOLDER / f"{i:03d}")
        failed += bool(wrong)
        if wrong:
            print(f"FAILED: {case.name}\n  " + "\n  ".join(wrong))
        shutil.rmtree(FOLDER / f"{i:03d}", ignore_errors=True)
    print(f"{len(picked)} bad inputs, {failed} treated wrongly")
    return failed > 0 or not picked


sys.exit(main())
