"""What homes cost by year: housing benefit, taxes of owners, interest, regulated rents, land tax."""
from tables.facts import evidence_of, fact, facts, find

FIRST, LAST = 2015, 2026
ADDED = {"boligsikring": "sikring", "boligydelse_pensioners": "ydelse"}
RATES = {"income_limit": "limit", "income_limit_per_extra_child": "limit_child",
         "max_benefit": "most", "own_payment_min": "own", "rent_addition": "addition",
         "max_rent_counted": "rent_most"}


def price_index(year):
    """Consumer prices, 2015 = 100."""
    return fact(facts("drivers"), year=str(year), indicator="cpi_index")


def house_prices(year):
    """Prices of single-family houses, 2015 = 100."""
    return fact(facts("drivers"), year=str(year), indicator="house_price_index_single_family")


def benefits():
    """Amounts of the housing benefits: published years, the others from the nearest one."""
    points = {}
    for row in facts("housing_benefit"):
        if row["parameter"] in RATES:
            name = f"benefit.{ADDED[row['scheme']]}_{RATES[row['parameter']]}"
            points.setdefault(name, {})[int(row["year"])] = row
    lines = []
    for name, known in points.items():
        for year in range(FIRST, LAST + 1):
            near = min(known, key=lambda y: (abs(y - year), y))
            value = float(known[near]["value"]) * price_index(year) / price_index(near)
            published = near == year
            lines.append([name, year, f"{value:.0f}", "DKK/year", known[near]["source"],
                          "published" if published else "derived",
                          "" if published else f"{near} moved by consumer prices"])
    return lines


def law(parameter, name, unit, scale=1.0, digits=4):
    """A rate of tax_history.csv: what holds in FIRST, and a row for each later change."""
    rows = [row for row in facts("tax_history") if row["parameter"] == parameter
            and int(row["to_year"] or LAST) >= FIRST]
    return [[name, max(FIRST, int(row["from_year"])), f"{float(row['value']) * scale:.{digits}f}", unit,
             row["source"], evidence_of(row), row["note"]] for row in rows]


def deduction_high():
    """Value of the deduction above the threshold: one point less each year until 2019."""
    rows = [row for row in facts("tax_history")
            if row["parameter"] == "interest_deduction_value_above_threshold"]
    last = find(rows, from_year="2019")
    lines = [["usercost.deduction_high", year,
              f"{(float(last['value']) + 2019 - year) / 100:.4f}", "share", last["source"],
              "derived", last["note"]] for year in range(FIRST, 2019)]
    return lines + law(last["parameter"], "usercost.deduction_high", "share", 0.01)


def owners():
    """Law and levels of what it costs to own a home."""
    lines = law("interest_deduction_value_below_threshold", "usercost.deduction_low", "share", 0.01)
    lines += deduction_high()
    lines += law("ejendomsvaerdiskat_low", "usercost.property_rate", "share", 0.01)
    lines += law("ejendomsvaerdiskat_high", "usercost.property_rate_high", "share", 0.01)
    lines += law("grundskyld_mean", "usercost.land_rate", "share", 0.01)
    tax = "tax_history.csv"
    for name, unit, before, after, note in (
            ("property_limit", "DKK", "3040000", "9200000", "limits as in the units of the rates"),
            ("taxed_share", "share", "1.0", "0.8", "from 2024 the value less 20 percent"),
            ("land_law_2024", "1", "no", "yes", "rates of municipalities from 2024")):
        for year, value in ((FIRST, before), (2024, after)):
            lines.append([f"usercost.{name}", year, value, unit, tax, "assumed", note])
    freeze = find(facts("tax_history"), parameter="tax_freeze_on_ejendomsvaerdiskat")
    for year, value in ((FIRST, "yes"), (int(freeze["to_year"]) + 1, "no")):
        lines.append(["usercost.freeze", year, value, "1", freeze["source"], "published",
                      freeze["note"]])
    frozen = min(1.05 * house_prices(2001), house_prices(2002))
    for year in range(FIRST, 2026):
        lines.append(["usercost.frozen_share", year, f"{frozen / house_prices(year):.4f}", "share",
                      "drivers.csv, house prices", "derived",
                      "the lesser of 2001 + 5 % and 2002 over the price of the year"])
    return lines


def interest():
    """Effective rate of 30-year mortgages."""
    rows = [row for row in facts("drivers") if row["indicator"] == "mortgage_rate_30y_effective"]
    return [["prices.interest_rate", int(row["year"]), f"{float(row['value']) / 100:.4f}",
             "share/year", row["source"], evidence_of(row), row["note"]]
            for row in rows if int(row["year"]) >= FIRST]


def regulated_rents():
    """Almen rents, 2024 = 1: published 2019-2023, even growth before, prices after."""
    rows = [row for row in facts("economics") if row["indicator"] == "rent"]
    level = {year: fact(rows, group="almen all", year=str(year)) for year in range(2019, 2024)}
    level[2024] = level[2023] * 1.03  # as in money.almen_rent()
    level[2015] = (fact(rows, group="almen family", year="2014") * 1.01 * level[2021]
                   / fact(rows, group="almen family", year="2021"))
    note = {2015: "family homes of 2014 up 1 percent", 2024: "2023 up 3 percent"}
    for year in range(2016, 2019):
        level[year] = level[2015] * (level[2019] / level[2015]) ** ((year - 2015) / 4)
        note[year] = "even growth between 2015 and 2019"
    for year in (2025, 2026):
        level[year] = level[2024] * price_index(year) / price_index(2024)
        note[year] = "2024 moved by consumer prices"
    return [["prices.regulated_rent", year, f"{level[year] / level[2024]:.4f}", "1",
             "Landsbyggefonden, Huslejestatistik" if year in range(2019, 2024) else "assumption",
             "derived" if year in range(2019, 2024) else "assumed", note.get(year, "")]
            for year in sorted(level)]


def between_tenants():
    """How long a rental home stands empty between two tenants; which vacancy is usual."""
    row = find(facts("assumptions"), parameter="time between tenants", group="almen let from list")
    return [["letting.empty_days", FIRST, row["value"], "days", row["source"], evidence_of(row),
             f"{row['low']} to {row['high']}: inspection and repair between two leases"],
            ["market.empty_days", FIRST, row["value"], "days", "assumption", "assumed",
             "taken to be as long as in almen homes"],
            ["market.vacancy_memory", FIRST, 120, "months", "assumption", "assumed",
             "landlords take the mean of some ten years for usual; after Rosen & Smith 1983 each "
             "place has a natural vacancy of its own"]]


def drivers():
    """parameter,year,value,unit,source,evidence,note"""
    return benefits() + owners() + interest() + regulated_rents() + between_tenants()


def land_taxes(municipality):
    """Land tax until 2023 and from 2024, per mille of the (taxed) land value."""
    rows = [row for row in facts("assumptions") if row["block"] == "land_tax"]
    if not any(row["group"] == municipality for row in rows):
        return ["", ""]  # the country's mean holds
    return [find(rows, parameter=f"grundskyld {when}", group=municipality)["value"]
            for when in ("until 2023", "from 2024")]
