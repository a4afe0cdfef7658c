"""Wealth at the start, and what homes cost."""
from tables.facts import AGES, CLASSES, evidence_of, fact, facts, find


def livelihood():
    """parameter,year,value,unit,source,evidence,note: tax, benefits, wages and work by year"""
    columns = ["parameter", "year", "value", "unit", "source", "evidence", "note"]
    return [[row[column] for column in columns] for row in facts("livelihood_years")]


def block(name):
    """Rows of one block of assumptions."""
    return [row for row in facts("assumptions") if row["block"] == name]


def wealth():
    """tenure_class,age_from,age_to,savings_dkk,savings_log_sd,loan_to_value"""
    rows = block("wealth")

    def savings(group):
        return fact(rows, parameter="median liquid savings per household", group=group)

    spread = fact(rows, parameter="liquid savings, log s.d.", group="within group")
    lines = []
    for tenure in CLASSES:
        for low, high in AGES:
            old = low >= 50
            if tenure == "almen":
                median = savings("almen tenant 50+" if old else "almen tenant 25-49")
            elif tenure == "private_rental":
                median = savings("private tenant 25-49") * (2 if old else 1)
            else:
                median = savings("owner 50+" if old else "owner 25-49")
                median *= 0.7 if tenure == "cooperative" else 1
            if low < 25:
                median *= 0.4
            name = ("under 30" if low < 30 else "70+" if low >= 70
                    else f"{low // 10 * 10}-{low // 10 * 10 + 9}")
            loan = (fact(rows, parameter="loan to value, owners, median", group=name) / 100
                    if tenure in ("owner", "cooperative") else 0)
            lines.append([tenure, low, high, round(median), f"{spread:.2f}", f"{loan:.2f}",
                          "Danmarks Statistik, Formue og gæld 2021 (level); general knowledge",
                          "assumed", "low",
                          "under 25: 40 % of the next group; private tenants from 50: twice; "
                          "cooperative: 70 % of owners"])
    return lines


def tax_rate(municipality):
    """Rate in percent, source, evidence and note: of 2024 where published, else of 2020."""
    rows = block("tax")
    of_2024 = find(rows, parameter="municipal tax rate, highest", year="2024")
    if municipality in of_2024["group"]:
        row = of_2024
    else:
        row = find(rows, parameter="municipal tax rate", group=municipality)
    evidence = evidence_of(row)
    note = f"tax_rate of {row['year']}" + ("" if evidence == "published" else " is recalled")
    return f"{float(row['value']):.2f}", row["source"], evidence, note


def almen_rent(kind, year, of="Syddanmark"):
    """Rent of an almen home of the region, DKK a m2 and year."""
    rows = [row for row in facts("economics") if row["indicator"] == "rent"]

    def rent(group, y):
        return fact(rows, group=group, year=str(y))

    kinds = {"almen_youth": "almen youth", "almen_elderly": "almen elderly",
             "almen_senior_cohousing": "almen elderly"}
    level = rent(kinds.get(kind, "almen family"), 2021)
    region = rent(f"almen Region {of}", 2021) / rent("almen all", 2021)
    if year >= 2023:
        path = rent("almen all", 2023) * 1.03 / rent("almen all", 2021)  # 2024: up 3 % (assumed)
    else:
        path = rent("almen family", 2014) * 1.01 / rent("almen family", 2021)
    return level * region * path


def private_rent(municipality, year):
    """Rent of sitting private tenants, DKK a m2 and year: 82 % of what is advertised."""
    rows = block("private_rent")
    sitting = fact(rows, parameter="sitting tenants over advertised rent", group="all private")
    known = [row for row in rows if row["parameter"] == "advertised flat rent"
             and row["group"] == municipality]
    if known:
        of_2020 = fact(known, year="2020")
        of_2024 = fact(known, year="2024")
    else:
        flats = [row for row in facts("economics") if row["indicator"] == "private_rent_flat"]
        of_2020 = fact(flats, group=municipality)
        of_2024 = of_2020 * 1.17  # as in the neighbouring towns (recalled)
    return sitting * (of_2024 if year >= 2024 else of_2020 * 0.92)


def house_price(municipality, year):
    """Price of an owner's home, DKK a m2."""
    return fact(block("house_price"), parameter="single-family and terraced house",
                group=municipality, year=str(year))


def share_price(municipality, year, of="Syddanmark"):
    """Price of a cooperative share, DKK a m2."""
    group = ("Odense" if municipality == "Odense" else "Syddanmark other" if of == "Syddanmark"
             else "other Hovedstaden")
    return fact(block("coop"), parameter="share price", group=group, year=str(year))


def cooperative_fee(of="Syddanmark"):
    """Monthly fee of a cooperative home as a rent, DKK a m2 and year."""
    row = find(block("coop"), parameter="fee (boligafgift)", group="Syddanmark" if of == "Syddanmark" else "other Hovedstaden")
    return float(row["value"])
