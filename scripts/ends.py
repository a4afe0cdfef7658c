#!/usr/bin/env python3
"""Both ends of what is assumed, as the tables of docs/validation.md.

    flyt validate SCENARIO --ends all --format csv ... > ends.csv
    scripts/ends.py ends.csv [--far N]

counts the hard rows that are hit at each end and prints Markdown: how many ends change no verdict, at
which ends hits differ from the scenario's by N (3) or more, and for each hard row at how many ends its
verdict is another one. Needs nothing but Python's standard library.
"""
import argparse
import csv

COUNTED = ("hit", "miss")  # verdicts of hard rows


def read(path):
    """(parameter, value) -> {target: verdict}, in the order of the runs; the first is the scenario."""
    ends = {}
    with open(path, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            ends.setdefault((row["parameter"], row["value"]), {})[row["target"]] = row["verdict"]
    return ends


def hits(verdicts):
    return sum(verdict == "hit" for verdict in verdicts.values())


def table(title, ends, base):
    print(f"\n{title}\n\n| parameter | end | hits ({base} as it is) |\n| --- | --: | --: |")
    for (name, value), verdicts in ends:
        print(f"| `{name}` | {value} | {hits(verdicts)} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("ends")
    parser.add_argument("--far", type=int, default=3)
    options = parser.parse_args()
    ends = read(options.ends)
    _, scenario = next(iter(ends.items()))
    base = hits(scenario)
    hard = [name for name, verdict in scenario.items() if verdict in COUNTED]
    ran = [(key, end) for key, end in list(ends.items())[1:] if "no_run" not in end.values()]
    refused = [f"`{name}` {value}" for (name, value), end in ends.items() if "no_run" in end.values()]
    same = sum(end == scenario for _, end in ran)
    print(f"{base} of {len(hard)} hard rows are hit as it is. Of {len(ran)} ends that ran, {same} change no "
          f"verdict; not run: {', '.join(refused) or 'none'}.")
    ran.sort(key=lambda item: (hits(item[1]), item[0]))
    table(f"Fewer hits, {base - options.far} or less:",
          [item for item in ran if hits(item[1]) <= base - options.far], base)
    table(f"More hits, {base + options.far} or more:",
          [item for item in reversed(ran) if hits(item[1]) >= base + options.far], base)
    print("\n| row | as it is | ends at which it is not |\n| --- | --- | --: |")
    for name in hard:
        print(f"| `{name}` | {scenario[name]} | {sum(end[name] != scenario[name] for _, end in ran)} |")


if __name__ == "__main__":
    main()
