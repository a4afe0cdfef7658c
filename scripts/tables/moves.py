"""Where households go when they leave a home, and what changes by year."""
import math

from tables.facts import CLASSES, fact, facts, fit, shares

# Assumed: where 100 movers would go by the tenure they leave, before the flows are balanced
# (columns in the order of CLASSES). The almen row is not here: it is recalled in the facts.
GO_TO = {
    "private_rental": [15, 52, 5, 28],
    "cooperative": [12, 28, 15, 45],
    "owner": [12, 25, 3, 60],
}


def out_rates():
    """Share of a tenure's households that leave their home in a year."""
    rows = [row for row in facts("moving_rates") if row["unit"].endswith("per year")]
    rate = "annual household move rate"
    return [fact(rows, tenure="almen", group="all", indicator="move-out rate (external)",
                 year="2019") / 100,
            fact(rows, tenure="private_rental", group="all", indicator=rate) / 100,
            fact(rows, tenure="andel", group="all", indicator=rate) / 100,
            fact(rows, tenure="owner", group="all", indicator=rate) / 100]


def almen_destinations():
    """Of 100 households that leave an almen home; who is not recalled goes to another almen one."""
    rows = [row for row in facts("moving_rates") if row["tenure"] == "almen"]
    private, coop, owner = (fact(rows, indicator="destination of out-movers: " + name)
                            for name in ("private rental", "andel", "owner-occupied"))
    return [100 - private - coop - owner, private, coop, owner]


def destinations(occupied):
    """from_tenure,to_tenure,share; occupied: homes lived in by tenure, in the order of CLASSES"""
    leave = [n * rate for n, rate in zip(occupied, out_rates())]
    almen = [leave[0] * share / 100 for share in almen_destinations()]
    left_over = [into - part for into, part in zip(leave, almen)]
    flows = [almen] + fit([GO_TO[tenure] for tenure in CLASSES[1:]], leave[1:], left_over)
    lines = []
    for tenure, row in zip(CLASSES, flows):
        if tenure == "almen":
            note = "recalled for all who leave; the rest taken to move to another almen home"
        else:
            note = "assumed pattern, fitted so that each tenure gains as many as it loses"
        for other, share in zip(CLASSES, shares(row)):
            lines.append([tenure, other, share, "general knowledge", "assumed", "low", note])
    return lines
