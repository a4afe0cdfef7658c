"""Parameters of Funen that flyt calibrate fitted: the best of the admitted sets."""
import csv

from tables.facts import ROOT

COMMAND = "flyt calibrate scenarios/fyn --steps 0 --rounds 2 -n 2 --waves 1 --points 30"
UNITS = {"search": "1/year", "choice": "1", "letting.claim": "probability",
         "lists": "share", "search.gain": "1", "market.price_pressure": "1/month",
         "market.income_elasticity": "1"}


def fitted():
    """parameter,year,value,unit,source,evidence,note; from the first year of any vintage."""
    path = ROOT / "scenarios" / "fyn" / "admitted.csv"
    with open(path, encoding="utf-8", newline="") as file:
        best = next(csv.DictReader(line for line in file if not line.startswith("#")))
    return [[name, 2015, value, UNITS.get(name) or UNITS[name.split(".")[0]], COMMAND, "derived",
             "set 1 of admitted.csv; docs/validation.md"]
            for name, value in best.items() if "." in name]
