"""Municipalities, organisations, areas and sections of a region, and what is published of them."""
import math

from tables import costs, money
from tables.facts import evidence_of, fact, facts, find, shares, whole_parts
from tables.households import almen_kinds

# Empty homes on the market, percent of homes: docs/MODEL.md section 3 (cooperative: assumed).
VACANCY_PCT = {"almen": 0.3, "private_rental": 3.0, "cooperative": 1.0, "owner": 1.5}

HOMES_IN_AREA = 1000  # assumed: households of a generated area

SIZE_CLASSES = [("1-9", 6), ("10-24", 17), ("25-49", 36), ("50-99", 71), ("100-199", 141),
                ("200-499", 300), ("500+", 750)]


def municipality_rows(region):
    """Facts of the region's municipalities in order of their codes."""
    rows = {row["code"]: row for row in facts("municipalities")}
    return [rows[code] for code in region.codes]


def municipalities(region):
    """code,...,population,tax_rate,land_tax_2023,land_tax_2024"""
    lines = []
    for row in municipality_rows(region):
        rate, source, evidence, note = money.tax_rate(row["name"])
        lines.append([row["code"], row["name"], row["region"], region.labour_market, row["lon_centroid"],
                      row["lat_centroid"], row["population"], rate, *costs.land_taxes(row["name"]),
                      "Danmarks Statistik FOLK1A (population); mapDK polygons (position); "
                      f"{source} (tax_rate)", evidence, "high" if evidence == "published" else "low",
                      f"{note}; labour_market is assumed: {region.labour_market_note}; "
                      "land tax " + ("recalled" if costs.land_taxes(row["name"])[0] else "not known")])
    return lines


def tenure_split(row):
    """Households of one municipality by class of tenure."""
    almen = float(row["almen_share_occupied_pct"])
    others = [float(row[key]) for key in ("private_rental_share_est_pct", "coop_share_est_pct",
                                          "owner_share_est_pct")]
    rest = (100 - almen) / math.fsum(others)
    return whole_parts(int(row["households_est"]), [almen] + [share * rest for share in others])


def homes_for(households, tenure):
    """Homes of which all but the tenure's vacancy are occupied, rounded to the nearest."""
    return math.floor(households / (1 - VACANCY_PCT[tenure] / 100) + 0.5)


def n_organisations(row):
    """Almen organisations of a municipality: recalled of three, 3 elsewhere."""
    group = (row["name"] if row["name"] in ("Odense", "Gladsaxe", "Kolding")
             else "small Funen municipality")
    return int(fact(money.block("organisation"), parameter="almen organisations active",
                    group=group))


def organisations(region):
    """name,municipality"""
    return [[f"{row['name']} almen {i + 1:02d}", row["name"], "general knowledge (number)",
             "assumed", "low", "neutral names: not those of real organisations"]
            for row in municipality_rows(region) for i in range(n_organisations(row))]


def organisation_weights(n):
    """Shares of almen homes by organisation, largest first (recalled)."""
    rows = [row for row in money.block("organisation")
            if row["parameter"] == "share of almen dwellings, town with several organisations"]
    first = [fact(rows, group=group) for group in ("largest", "second", "third")]
    others = fact(rows, group="all others")
    return (first + [others / (n - 3)] * (n - 3)) if n > 3 else first


def listed(region, area, vintage):
    """(list, evidence, note) of an area at the start of a vintage."""
    return region.listed.get((vintage, area), ("none", "assumed", "on no list that is known"))


def named_homes(region, area, vintage):
    """Homes of a named area with where they are from."""
    return region.homes.get((vintage, area)) or region.homes[(0, area)]


def generated_places(row, n):
    """km east and north of n areas round the town: a spiral of equal steps (assumed)."""
    out = []
    for i in range(n):
        radius = 0.9 * math.sqrt(i + 0.5)
        angle = i * 2.399963229728653  # the golden angle
        out.append((radius * math.cos(angle), radius * math.sin(angle)))
    return out


def degrees(row, east, north):
    """Longitude and latitude of a point so many km from the municipality's main town."""
    latitude = float(row["lat_town"])
    return (float(row["lon_town"]) + east / (111.2 * math.cos(math.radians(latitude))),
            latitude + north / 111.2)


def area_names(row):
    """Generated areas of a municipality, about 1000 households each."""
    n = max(1, round(int(row["households_est"]) / HOMES_IN_AREA))
    return [f"{row['name']} {i + 1:03d}" for i in range(n)]


def areas(region, vintage):
    """name,municipality,longitude,latitude,listed"""
    lines = []
    for row in municipality_rows(region):
        for name, (code, east, north) in region.named.items():
            if code == row["code"]:
                status, kind, note = listed(region, name, vintage)
                longitude, latitude = degrees(row, east, north)
                lines.append([name, row["name"], f"{longitude:.3f}", f"{latitude:.3f}", status,
                              "lists of the ministry through press and Boligudvalget bilag; "
                              + region.position, kind, "medium", note])
        names = area_names(row)
        for name, (east, north) in zip(names, generated_places(row, len(names))):
            longitude, latitude = degrees(row, east, north)
            lines.append([name, row["name"], f"{longitude:.3f}", f"{latitude:.3f}", "none",
                          "generated", "assumed", "low", "a made-up area round the main town"])
    return lines


def estate_sizes(total):
    """Almen sections whose sizes follow the classes of estate_sizes.csv and sum to the total."""
    rows = [row for row in facts("estate_sizes")
            if row["indicator"] == "share_of_afdelinger_by_dwellings"]
    weights = [fact(rows, group=name) for name, _ in SIZE_CLASSES]
    mean = math.fsum(w * size for w, (_, size) in zip(weights, SIZE_CLASSES)) / math.fsum(weights)
    n = max(1, round(total / mean))
    counts = whole_parts(n, weights)
    sizes = [size * (0.7 + 0.6 * (k + 0.5) / count)
             for count, (_, size) in zip(counts, SIZE_CLASSES) for k in range(count)]
    return [part for part in whole_parts(total, sizes) if part > 0]


def rounded_homes(households, tenure, state):
    """Homes of one section; the vacancies of a municipality add up to those of its tenure."""
    state["households"] = state.get("households", 0) + households
    homes = homes_for(state["households"], tenure) - state.get("homes", 0)
    homes = max(homes, households)
    state["homes"] = state.get("homes", 0) + homes
    return homes


class Sections:
    """Collects the rows of sections.csv of one vintage."""

    def __init__(self, vintage):
        self.vintage, self.lines, self.vacancy = vintage, [], {}

    def add(self, row, area, organisation, tenure, households, name, cost, note, homes=None,
            provenance=None):
        """One section; cost is (rent, price) in DKK a m2."""
        group = "almen" if tenure.startswith("almen") else tenure
        if homes is None:
            homes = rounded_homes(households, group,
                                  self.vacancy.setdefault((row["code"], group), {}))
        rent, price = cost
        source, kind, confidence = provenance or (
            "Danmarks Statistik BOL101 (almen share 2023); Landsbyggefonden (sizes); "
            "general knowledge", "assumed", "low")
        self.lines.append([name, area, organisation, tenure, homes, households, round(rent),
                           round(price), source, kind, confidence, note])


def add_named(out, region, row, owners):
    """The almen sections of the named areas; returns their households."""
    total, cost = 0, (money.almen_rent("almen_family", out.vintage, row["region"]), 0)
    for area, (code, _, _) in region.named.items():
        if code != row["code"]:
            continue
        homes, kind, confidence, source, note = named_homes(region, area, out.vintage)
        n = region.sections.get(area, 3)
        households = 644 if area == "Solbakken mv" else round(homes * 0.997)
        for i, (part, lived) in enumerate(zip(whole_parts(homes, [1] * n),
                                              whole_parts(households, [1] * n))):
            out.add(row, area, owners[i % min(3, len(owners))], "almen_family", lived,
                    f"{area} {i + 1}", cost, note, part, (source, kind, confidence))
        total += households
    return total


def kind_at(i, n, kinds):
    """Which kind of almen home the i-th of n sections is, spread evenly in the kinds' shares."""
    position = (i * 0.6180339887498949 + 0.5 / n) % 1.0
    family, youth, _ = kinds
    return ("almen_youth" if position < youth else
            "almen_family" if position < youth + family else "almen_elderly")


def add_almen(out, region, row, households, names):
    """Almen sections of a municipality that are not in a named area."""
    owners = [line[0] for line in organisations(region) if line[1] == row["name"]]
    sizes = estate_sizes(households - add_named(out, region, row, owners))
    weights, filled = organisation_weights(len(owners)), [0.0] * len(owners)
    for i, size in enumerate(sizes):
        owner = max(range(len(owners)), key=lambda k: weights[k] * (i + 1) - filled[k])
        filled[owner] += 1
        kind = kind_at(i, len(sizes), almen_kinds())
        area = names[(i * 7 + 3) % len(names)] if len(names) % 7 else names[i % len(names)]
        out.add(row, area, owners[owner], kind, size, f"{row['name']} afdeling {i + 1:03d}",
                (money.almen_rent(kind, out.vintage, row["region"]), 0),
                "made up: sizes after the classes of estate_sizes.csv")


def add_others(out, row, split, names):
    """Private rental, cooperative and owner homes of a municipality, the same mix in each area."""
    costs = {"private_rental": (money.private_rent(row["name"], out.vintage), 0),
             "cooperative": (money.cooperative_fee(row["region"]),
                             money.share_price(row["name"], out.vintage, row["region"])),
             "owner": (0, money.house_price(row["name"], out.vintage))}
    words = {"private_rental": "privat leje", "cooperative": "andel", "owner": "ejer"}
    for tenure, households in zip(costs, split):
        for area, part in zip(names, whole_parts(households, [1] * len(names))):
            if part > 0:
                out.add(row, area, "", tenure, part, f"{area} {words[tenure]}", costs[tenure],
                        "an equal part of the municipality")


def sections(region, vintage):
    """name,area,organisation,tenure,homes,households,rent_dkk_m2_year,price_dkk_m2"""
    out = Sections(vintage)
    for row in municipality_rows(region):
        almen, *others = tenure_split(row)
        add_almen(out, region, row, almen, area_names(row))
        add_others(out, row, others, area_names(row))
    return out.lines


def rooms():
    """tenure,rooms,m2,share"""
    rows = [row for row in facts("estate_sizes") if row["indicator"] == "rooms_share"]
    almen = find(facts("estate_sizes"), indicator="mean_area", year="2016", group="almen")

    def percent(group):
        return [float(row["value"]) for row in rows if row["group"] == group]

    family, sizes = percent("almen"), [34, 56, 78, 98, 115, 130]
    family = [2, *family[1:4], *whole_parts(int(family[4]) * 1, [3, 1])]
    table = {"almen_family": family, "almen_youth": [70, 28, 2, 0, 0, 0],
             "almen_elderly": [8, 74, 18, 0, 0, 0], "almen_senior_cohousing": [0, 70, 30, 0, 0, 0],
             "almen_family_cohousing": [0, 15, 40, 35, 10, 0], "almen_plus": [0, 10, 35, 45, 10, 0],
             "almen_coowned": family, "private_rental": percent("private_rental"),
             "cooperative": percent("andel"), "owner": percent("owner_occupied")}
    big = [38, 62, 84, 112, 138, 175]  # houses
    lines = []
    for tenure, weights in table.items():
        m2 = big if tenure == "owner" else sizes
        for n, share in enumerate(shares(weights), start=1):
            lines.append([tenure, n, m2[n - 1], share,
                          "general knowledge; " + almen["source"], "assumed", "low",
                          "6 means 6 or more; mean rooms of almen homes 2.7 (published)"])
    return lines


def places(region, vintage):
    """level,place,variable,value,year"""
    lines = []
    for row in municipality_rows(region):
        lines += municipality_values(row, vintage)
    for area in region.named:
        lines += area_values(region, area, vintage)
    return lines


def municipality_values(row, vintage):
    """What is known of one municipality; of other years in the vintage of 2015: borrowed."""
    of_2024 = "published" if vintage >= 2024 else "borrowed"
    text = "Danmarks Statistik {} through public extracts"
    known = [
        ("population", row["population"], 2020, text.format("FOLK1A"), of_2024, "high", ""),
        ("age_0_17", row["pct_0_17_2024"], 2024, text.format("FOLK1A"), of_2024, "medium", ""),
        ("age_65_plus", row["pct_65plus_2024"], 2024, text.format("FOLK1A"), of_2024, "medium", ""),
        ("almen_homes", row["almen_share_occupied_pct"], row["almen_year"], text.format("BOL101"),
         of_2024, "medium", "of occupied homes"),
        ("nonwestern", row["nonwestern_pct"], row["nonwestern_year"], "general knowledge",
         "assumed", row["nonwestern_confidence"], "rounded"),
    ]
    if vintage >= 2024:
        known += [
            ("employed", row["employment_16_64_pct_2024"], 2024, text.format("RAS200"), "published",
             "high", "of persons 16-64; the model: adults 18-64 with a home of their own"),
            ("disposable_income", row["disposable_income_2024"], 2024, text.format("INDKP101"),
             "borrowed", "high",
             "of persons 15+, with imputed rent of owned homes (58547 DKK in 2020 for each who has "
             "it) and income from capital, less interest; the model: adults with their own home, "
             "wages, benefits and pensions after tax"),
        ]
    else:
        known += [(name, "", "", "", "unknown", "", "not in the facts for 2015")
                  for name in ("employed", "disposable_income")]
    return [["municipality", row["name"], name, value, year, *rest]
            for name, value, year, *rest in known]


def area_values(region, area, vintage):
    """The list's criteria of one named area; an empty value is not known."""
    names = {"population": "residents", "outside_work": "pct_outside_labour_market_18_64",
             "nonwestern": "pct_nonwestern", "basic_schooling": "pct_basic_schooling_30_59",
             "convicted": "pct_convicted_18plus", "income_ratio": "income_ratio_pct_of_region"}
    years = region.years[vintage]
    lines = []
    for name, column in names.items():
        found = [row for year in years.get(name, ()) for row in facts("listed_areas")
                 if row["area"] == area and row["year"] == str(year) and row[column]]
        if (area, name) in region.values:
            lines.append(["area", area, name, *region.values[area, name]])
            continue
        if name == "nonwestern" and not found:
            value, note = region.nonwestern[area]
            lines.append(["area", area, name, value, vintage, "general knowledge", "assumed",
                          "low", note])
            continue
        found.sort(key=lambda row: (row["evidence"] != "published", row["category"]))
        if not found:
            lines.append(["area", area, name, "", "", "", "unknown", "", ""])
            continue
        row = found[0]
        kind = "published" if "values as in areas.csv" in row["note"] else evidence_of(row)
        if area == "Solbakken mv":
            kind = "published"
        if int(row["year"]) > vintage:
            kind = "borrowed"
        lines.append(["area", area, name, row[column], row["year"], row["source"], kind,
                      row["confidence"], row["note"]])
    return lines
