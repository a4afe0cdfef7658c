"""Municipalities, organisations, areas and sections of Funen, and what is published of them."""
import math

from tables import costs, money
from tables.facts import evidence_of, fact, facts, find, shares, whole_parts
from tables.households import almen_kinds

FYN = ["410", "420", "430", "440", "450", "461", "479", "480", "482", "492"]

# Empty homes on the market, percent of homes: docs/MODEL.md section 3 (cooperative: assumed).
VACANCY_PCT = {"almen": 0.3, "private_rental": 3.0, "cooperative": 1.0, "owner": 1.5}

HOMES_IN_AREA = 1000  # assumed: households of a generated area

# Areas known by name: municipality, km east and north of the town's centre (read off a map, about).
NAMED = {
    "Vollsmose": ("461", 3.4, 1.2),
    "Solbakken mv": ("461", -1.9, -2.2),
    "Korsløkkeparken Øst": ("461", 2.2, -0.4),
    "Dianavænget/Heliosvænget": ("461", -2.6, -0.9),
    "Højstrupvej-kvarteret": ("461", -2.3, 0.8),
    "Byparken/Skovparken": ("479", 0.9, 1.0),
}

# Homes of the named areas: (vintage, area): homes, evidence, confidence, source, note.
NAMED_HOMES = {
    (2015, "Vollsmose"): (3600, "assumed", "low", "general knowledge", "before demolitions"),
    (2024, "Vollsmose"): (2600, "derived", "medium", "Kristeligt Dagblad June 2022",
                          "2800 homes in 2022, just under 100 a year demolished since"),
    (0, "Solbakken mv"): (646, "derived", "high", "TV2 Fyn December 2020",
                          "644 households in 2020 and the vacancy of almen homes"),
    (0, "Korsløkkeparken Øst"): (560, "assumed", "low", "general knowledge",
                                 "at least 1000 residents, since it was on the list"),
    (0, "Dianavænget/Heliosvænget"): (600, "assumed", "low", "general knowledge",
                                      "at least 1000 residents, since it was on the list"),
    (0, "Højstrupvej-kvarteret"): (600, "assumed", "low", "general knowledge",
                                   "at least 1000 residents, since it was on the list"),
    (0, "Byparken/Skovparken"): (770, "assumed", "low", "Boligudvalget 2024-25 bilag 16",
                                 "1467 residents in 2024 at about 1.9 a household"),
}
NAMED_SECTIONS = {"Vollsmose": 6, "Solbakken mv": 4}  # published: the six parks; four sections

# On which list an area stands at the start of a vintage; all others on none.
LISTED = {
    (2015, "Vollsmose"): ("old_list", "derived", "on the lists of 2013 and December 2015"),
    (2015, "Byparken/Skovparken"): ("old_list", "derived",
                                    "on the lists of 2013 and December 2015"),
    (2015, "Korsløkkeparken Øst"): ("old_list", "assumed",
                                    "on the list of 2013; the list of 2014 is known in part"),
    (2015, "Solbakken mv"): ("none", "published", "left the list in December 2014"),
    (2015, "Dianavænget/Heliosvænget"): ("none", "published", "left the list in 2013"),
    (2024, "Vollsmose"): ("transformation", "published", "list of December 2023"),
    (2024, "Byparken/Skovparken"): ("none", "published",
                                    "named for combined letting (kombineret udlejning) in 2024"),
    (2024, "Solbakken mv"): ("none", "published", "left the list in December 2021"),
    (2024, "Korsløkkeparken Øst"): ("none", "published", "left the list in December 2020"),
}

# Assumed share of non-western origin: the facts have none. On the list of parallel societies it is
# above 50 % by law, on the other lists and off them it need not be.
NONWESTERN = {
    "Vollsmose": (68, "on the list of parallel societies from 2018: above 50 % by law"),
    "Solbakken mv": (52, "on the list of parallel societies 2018-2020: above 50 % by law"),
    "Korsløkkeparken Øst": (52, "on the list of parallel societies 2018-2019: above 50 % by law"),
    "Dianavænget/Heliosvænget": (45, "on the list of 2012"),
    "Højstrupvej-kvarteret": (45, "deprived in 2018 but no parallel society: at most 50 % by law"),
    "Byparken/Skovparken": (45, "left the list in 2017"),
}

SIZE_CLASSES = [("1-9", 6), ("10-24", 17), ("25-49", 36), ("50-99", 71), ("100-199", 141),
                ("200-499", 300), ("500+", 750)]


def municipality_rows():
    """Facts of the ten municipalities in order of their codes."""
    rows = {row["code"]: row for row in facts("municipalities")}
    return [rows[code] for code in FYN]


def municipalities():
    """code,...,population,tax_rate,land_tax_2023,land_tax_2024"""
    lines = []
    for row in municipality_rows():
        rate, source, evidence, note = money.tax_rate(row["name"])
        lines.append([row["code"], row["name"], row["region"], "Fyn", row["lon_centroid"],
                      row["lat_centroid"], row["population"], rate, *costs.land_taxes(row["name"]),
                      "Danmarks Statistik FOLK1A (population); mapDK polygons (position); "
                      f"{source} (tax_rate)", evidence, "high" if evidence == "published" else "low",
                      f"{note}; labour_market is assumed: one for Funen and its islands; "
                      "land tax recalled"])
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
    """Almen organisations of a municipality: 9 in Odense, 3 elsewhere (recalled)."""
    group = "Odense" if row["name"] == "Odense" else "small Funen municipality"
    return int(fact(money.block("organisation"), parameter="almen organisations active",
                    group=group))


def organisations():
    """name,municipality"""
    return [[f"{row['name']} almen {i + 1:02d}", row["name"], "general knowledge (number)",
             "assumed", "low", "neutral names: not those of real organisations"]
            for row in municipality_rows() for i in range(n_organisations(row))]


def organisation_weights(n):
    """Shares of almen homes by organisation, largest first (recalled)."""
    rows = [row for row in money.block("organisation")
            if row["parameter"] == "share of almen dwellings, town with several organisations"]
    first = [fact(rows, group=group) for group in ("largest", "second", "third")]
    others = fact(rows, group="all others")
    return (first + [others / (n - 3)] * (n - 3)) if n > 3 else first


def listed(area, vintage):
    """(list, evidence, note) of an area at the start of a vintage."""
    return LISTED.get((vintage, area), ("none", "assumed", "on no list that is known"))


def named_homes(area, vintage):
    """Homes of a named area with where they are from."""
    return NAMED_HOMES.get((vintage, area)) or NAMED_HOMES[(0, area)]


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


def areas(vintage):
    """name,municipality,longitude,latitude,listed"""
    lines = []
    for row in municipality_rows():
        for name, (code, east, north) in NAMED.items():
            if code == row["code"]:
                status, kind, note = listed(name, vintage)
                longitude, latitude = degrees(row, east, north)
                lines.append([name, row["name"], f"{longitude:.3f}", f"{latitude:.3f}", status,
                              "lists of the ministry through press and Boligudvalget bilag; "
                              "position read off a map, about", kind, "medium", note])
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


def add_named(out, row, owners):
    """The almen sections of the named areas; returns their households."""
    total, cost = 0, (money.almen_rent("almen_family", out.vintage), 0)
    for area, (code, _, _) in NAMED.items():
        if code != row["code"]:
            continue
        homes, kind, confidence, source, note = named_homes(area, out.vintage)
        n = NAMED_SECTIONS.get(area, 3)
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


def add_almen(out, row, households, names):
    """Almen sections of a municipality that are not in a named area."""
    owners = [line[0] for line in organisations() if line[1] == row["name"]]
    sizes = estate_sizes(households - add_named(out, row, owners))
    weights, filled = organisation_weights(len(owners)), [0.0] * len(owners)
    for i, size in enumerate(sizes):
        owner = max(range(len(owners)), key=lambda k: weights[k] * (i + 1) - filled[k])
        filled[owner] += 1
        kind = kind_at(i, len(sizes), almen_kinds())
        area = names[(i * 7 + 3) % len(names)] if len(names) % 7 else names[i % len(names)]
        out.add(row, area, owners[owner], kind, size, f"{row['name']} afdeling {i + 1:03d}",
                (money.almen_rent(kind, out.vintage), 0),
                "made up: sizes after the classes of estate_sizes.csv")


def add_others(out, row, split, names):
    """Private rental, cooperative and owner homes of a municipality, the same mix in each area."""
    costs = {"private_rental": (money.private_rent(row["name"], out.vintage), 0),
             "cooperative": (money.cooperative_fee(), money.share_price(row["name"], out.vintage)),
             "owner": (0, money.house_price(row["name"], out.vintage))}
    words = {"private_rental": "privat leje", "cooperative": "andel", "owner": "ejer"}
    for tenure, households in zip(costs, split):
        for area, part in zip(names, whole_parts(households, [1] * len(names))):
            if part > 0:
                out.add(row, area, "", tenure, part, f"{area} {words[tenure]}", costs[tenure],
                        "an equal part of the municipality")


def sections(vintage):
    """name,area,organisation,tenure,homes,households,rent_dkk_m2_year,price_dkk_m2"""
    out = Sections(vintage)
    for row in municipality_rows():
        almen, *others = tenure_split(row)
        add_almen(out, row, almen, area_names(row))
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


def places(vintage):
    """level,place,variable,value,year"""
    lines = []
    for row in municipality_rows():
        lines += municipality_values(row, vintage)
    for area in NAMED:
        lines += area_values(area, vintage)
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


def area_values(area, vintage):
    """The list's criteria of one named area; an empty value is not known."""
    names = {"population": "residents", "outside_work": "pct_outside_labour_market_18_64",
             "nonwestern": "pct_nonwestern", "basic_schooling": "pct_basic_schooling_30_59",
             "convicted": "pct_convicted_18plus", "income_ratio": "income_ratio_pct_of_region"}
    # which year's value stands for a vintage; the schooling of 2015 was defined otherwise
    years = {2015: {"population": (2017,), "outside_work": (2015,), "convicted": ()},
             2024: {"population": (2024, 2020), "outside_work": (2024,),
                    "basic_schooling": (2019,), "convicted": (2020,)}}[vintage]
    lines = []
    for name, column in names.items():
        found = [row for year in years.get(name, ()) for row in facts("listed_areas")
                 if row["area"] == area and row["year"] == str(year) and row[column]]
        if name == "nonwestern" and not found:
            value, note = NONWESTERN[area]
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
