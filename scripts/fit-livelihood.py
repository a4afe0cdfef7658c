#!/usr/bin/env python3
"""Writes the parameters that bench_livelihood_fit finds into models/work_values.h.

    build/release/tests/bench/bench_livelihood_fit 10 > fit.txt
    scripts/fit-livelihood.py fit.txt

The bench starts from the values in the header and stays near them (see its head), so a second run
goes on from the first. It prints each parameter, then each figure beside its target and whether
it was fitted to or came out. Needs nothing but Python's standard library.
"""
import re
import sys
from pathlib import Path

HEADER = Path(__file__).resolve().parent.parent / "models" / "work_values.h"
NUMBER = r"-?[\d.]+"


def read_values(lines):
    """name -> text of the number, from the lines `name   number`."""
    values = {}
    for line in lines:
        match = re.match(rf"^([a-z_0-9]+)\s+({NUMBER})$", line)
        if match:
            values[match.group(1)] = match.group(2)
    return values


def fill(text, values):
    """The header with the values in place of its own."""
    ages = ("18", "25", "50", "60")

    def put(pattern, make):
        nonlocal text
        text = re.sub(pattern, make, text)

    put(rf"WORK_WAY\(X, (\w+), (\w+),\s+{NUMBER}\)",
               lambda m: f"WORK_WAY(X, {m[1]}, {m[2]}, {values[m[1] + '_' + m[2]]})")
    put(rf"WORK_EDUCATION_EFFECTS\(X, (\w+),\s+{NUMBER},\s+{NUMBER}\)",
               lambda m: f"WORK_EDUCATION_EFFECTS(X, {m[1]}, {values[m[1] + '_vocational']}, "
                         f"{values[m[1] + '_higher']})")
    put(rf"WORK_AGE_EFFECTS\(X, (\w+),[-\d., ]+\)",
               lambda m: f"WORK_AGE_EFFECTS(X, {m[1]}, "
                         + ", ".join(values[f"{m[1]}_age_{age}"] for age in ages) + ")")
    put(rf"WORK_(WESTERN|NONWESTERN|DETACHED)\(X, (\w+), {NUMBER}\)",
               lambda m: f"WORK_{m[1]}(X, {m[2]}, {values[m[2] + '_' + m[1].lower()]})")
    put(rf"WORK_EFFECT\(X, (\w+), (\w+), {NUMBER},",
               lambda m: f"WORK_EFFECT(X, {m[1]}, {m[2]}, {values[m[1] + '_' + m[2]]},")
    put(rf"WORK_SHARE\(X, (\w+), {NUMBER},",
               lambda m: f"WORK_SHARE(X, {m[1]}, {values[m[1]]},")
    put(rf"WORK_(WEAR|LIKELY)\(X, (\w+), {NUMBER}",
               lambda m: f"WORK_{m[1]}(X, {m[2]}, {values[m[1].lower() + '_' + m[2]]}")
    return text


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    values = read_values(Path(sys.argv[1]).read_text(encoding="utf-8").splitlines())
    HEADER.write_text(fill(HEADER.read_text(encoding="utf-8"), values), encoding="utf-8")


if __name__ == "__main__":
    main()
