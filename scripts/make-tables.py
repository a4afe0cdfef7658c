#!/usr/bin/env python3
"""Derives the starting tables of the shipped scenarios from scenarios/data/.

    scripts/make-tables.py [FOLDER]

writes FOLDER/fyn/, gladsaxe/, kolding/ and tiny/ (FOLDER: scenarios/ by default). Needs nothing but Python's standard
library; the same facts give the same bytes, which tests/cli/tables.sh checks.

Evidence: a number is only as well known as the weakest number it was made from. Facts marked
`catalogue` count as published, facts marked `recalled` as assumed.
"""
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.dont_write_bytecode = True

from tables import catalogue  # noqa: E402
from tables.facts import PROVENANCE, ROOT, text_of  # noqa: E402


def main():
    if len(sys.argv) > 2:
        raise SystemExit(__doc__)
    root = Path(sys.argv[1]) if len(sys.argv) == 2 else ROOT / "scenarios"
    for path, columns, lines, about in catalogue.tables():
        if columns[-1] != "note":
            columns = columns + PROVENANCE
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(text_of(columns, lines, about))


if __name__ == "__main__":
    main()
