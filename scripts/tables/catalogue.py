"""Which tables there are: file, columns, rows and what the head of the file says."""
from tables import costs, fitted, homes, households, money, moves, people, regions, targets, tiny
from tables.facts import CLASSES

DST = "Contains data of Danmarks Statistik (Statistics Denmark), CC BY 4.0."
YEARS = [2015, 2024]

MUNICIPALITIES = """\
The municipalities.
code: official municipality code; labour_market: people look for a partner and a job inside it;
longitude, latitude: centroid of the municipality, degrees (WGS 84); population: persons on 1
January 2020; tax_rate: municipal income tax, percent, church tax left out, of 2024 where known,
else of 2020 (both vintages use it); where it is empty the country's mean of the year holds;
land_tax_2023, land_tax_2024: land tax (grundskyld) until 2023 and from 2024, per mille of the land
value that is taxed (recalled, low)."""
ORGANISATIONS = """\
Almen housing organisations. The names are made up on purpose: "Odense almen 01" is no real one."""
AREAS = """\
Areas in which neighbours are counted.
longitude, latitude: the middle, degrees (WGS 84); listed: on which list of the ministry the area
stands at the start (none, prevention, deprived, parallel_society, transformation; old_list: the
single list of 2010-2017). Areas that bear a number are made up, about 1000 households each."""
SECTIONS = """\
Sections: what is let or sold together. An almen section belongs to an organisation; of the other
tenures an area has one section each.
homes: homes on the market; households: homes that are lived in; rent_dkk_m2_year: rent of rented
homes, of cooperative homes the fee; price_dkk_m2: price of owner homes, of cooperative homes the
share."""
PLACES = """\
What is known of single places: the start population is fitted to each value, and `flyt describe
start` shows it beside what came out. An empty value is not known and is never counted as met.
level: municipality or area; values are percent of persons but where said:
population (persons), age_0_17, age_65_plus, nonwestern (of all persons), almen_homes (of households;
follows from sections.csv), employed and outside_work (adults 18-64; outside_work: neither in work nor in education), basic_schooling (30-59, no education
above basic school that is approved in Denmark), convicted (18+, in a year), income_ratio (mean
gross income of those 18-64, percent of that of all municipalities of the scenario),
disposable_income (DKK a year and adult)."""
HOUSEHOLDS = """\
Household heads of each tenure by type and age, shares that sum to 1 within a tenure; the country.
age_from and age_to are both included, years. The head is the older adult.
How: (1) types of the country: those of 2022 (recalled), where children at home count until 25, moved
to children below 18 (as many families as hold the country's children with as many in a family as in
2002), and so that households of one adult are those of the year (drivers.csv, recalled).
(2) types by tenure: rented and owner-occupied homes of 2002 (published), almen singles and couples
of 2000 (catalogue), fitted (iterative proportional fitting) to (1) and to the dwellings by tenure
of 2021 (published). (3) ages: those of heads by tenure (recalled), moved so that the country's
adults have the ages of 2020 (published). (4) types by age: an assumed pattern of the whole country,
fitted within each tenure to (2) and (3). (5) almen homes for the young and the elderly have assumed
ages and types; family homes are what is left of all almen homes. Since types and ages are recalled,
every cell counts as assumed."""
CHILDREN = "Families by number of children at home below 18 (2002), shares that sum to 1 in a type."
ADULT_CHILDREN = """\
Share of households with an adult child at home, by the age of the head; `couple` and `single` with
or without younger children. Together as many adults as live with a parent (2021, published)."""
ORIGINS = """\
Origin of household heads by class of tenure and age, shares that sum to 1; the country.
How: origin by age (recalled for 2022, scaled to the published share of the year), tenure by origin
(not renting: 2011; almen or private rental: assumed), fitted to heads by tenure and age."""
WORKS = """\
Work state of adults by class of tenure, origin and age, shares that sum to 1; the country.
How: states of 2021 by origin and age (recalled), employment moved to the published rates of the
year, tenures apart as self-supporting adults were in 2013 (published), so that the mean over
tenures stays. Those outside work without public support count as on benefit; at 50-64
they count as retired. The model spreads each band over its years of age."""
EDUCATIONS = """\
Highest education of adults by class of tenure, origin and age, shares that sum to 1; the country.
vocational holds upper secondary. How: by origin and age (recalled for 2020); almen residents differ
as recalled (38 against 22 percent with basic schooling only)."""
WEALTH = """\
Savings of a household (median, and standard deviation of the logarithm) and mortgage debt over the
value of the home (median), by class of tenure and age of the head."""
ROOMS = """\
Homes by tenure and number of rooms, shares that sum to 1 within a tenure; m2: mean floor area."""
DESTINATIONS = """\
Where households that leave a home go, by the tenure they leave; shares that sum to 1 in each row.
How: moves out of a tenure a year = its households (sections.csv of 2024) x its yearly move rate
(almen 0.131 published 2019; private rental 0.28, cooperative 0.10, owner 0.06 recalled). The almen
row is recalled. The other three start from an assumed pattern and are fitted (iterative
proportional fitting) so that each tenure is entered as often as it is left."""
DRIVERS = """\
Parameters by calendar year: a value holds from 1 January of its year until the next one.
fertility, mortality: of the country. migration: households over homes of Funen. Funen's growth is
taken to be 0.7 times the country's (recalled for 2015-2024); births and deaths are the country's, by
Funen's share of persons below 18 and from 65; what is left of growth is moves, refugees apart. The
last value holds on: nothing is known of later years. building: growth of the country's households x the
same factor.
benefit: amounts of the housing benefits; a year that is not published is the nearest one moved by
consumer prices. usercost: taxes of owners. prices: interest, almen rents.
tax, income, work: law, benefits, wages and the labour market (scripts/make-livelihood-years.py): known
for 2015 and 2024, even growth between them, by the wage index to 2026; later years keep the value of
2026, since no law or wage after it is known.
choice, letting, market, search: fitted by flyt calibrate, the first set of admitted.csv; but
empty_days of letting and market: how long a rental home stands empty between two tenants;
vacancy_memory: how fast a new level of vacancy becomes the usual one.
Sources: as named in each row."""

TARGETS = """\
Published numbers that results are compared with (flyt validate; docs/validation.md).
of, over: series of the result, with cells chosen by English label; measure percent: 100 x of / over,
a flow over a stock is a rate a year; use: fit (a parameter is set from it), test (none is), demand
(asked of the model itself); standing: only hard rows count; first_year, last_year: years of the run."""
CALIBRATION = """\
What flyt calibrate may change (docs/validation.md): fit, a parameter set from one target; free, one
that is left open; low and high: how far. elasticity: relative change of the target over that of the
parameter; on a linear scale units of the target per unit of the parameter."""
# which ways of letting of the model make up a published channel
LABELS = {"outside_list": "Waiting list|Youth homes", "inside_list": "Residents first",
          "municipal": "Municipal assignment|Homes for the elderly",
          "other_letting": "Flexible letting|Advertised, other|Rehousing"}

HEADS = {
    "municipalities": (["code", "name", "region", "labour_market", "longitude", "latitude",
                        "population", "tax_rate", "land_tax_2023", "land_tax_2024"],
                       MUNICIPALITIES),
    "organisations": (["name", "municipality"], ORGANISATIONS),
    "areas": (["name", "municipality", "longitude", "latitude", "listed"], AREAS),
    "sections": (["name", "area", "organisation", "tenure", "homes", "households",
                  "rent_dkk_m2_year", "price_dkk_m2"], SECTIONS),
    "places": (["level", "place", "variable", "value", "year"], PLACES),
    "households": (["tenure", "type", "age_from", "age_to", "share"], HOUSEHOLDS),
    "children": (["type", "children", "share"], CHILDREN),
    "adult_children": (["type", "age_from", "age_to", "share"], ADULT_CHILDREN),
    "origins": (["tenure_class", "age_from", "age_to", "origin", "share"], ORIGINS),
    "works": (["tenure_class", "origin", "age_from", "age_to", "work", "share"], WORKS),
    "educations": (["tenure_class", "origin", "age_from", "age_to", "education", "share"],
                   EDUCATIONS),
    "wealth": (["tenure_class", "age_from", "age_to", "savings_dkk", "savings_log_sd",
                "loan_to_value"], WEALTH),
    "rooms": (["tenure", "rooms", "m2", "share"], ROOMS),
    "destinations": (["from_tenure", "to_tenure", "share"], DESTINATIONS),
}


def table(folder, name, lines, first=""):
    """(path, columns, rows, head) of one table."""
    columns, about = HEADS[name]
    return f"{folder}/{name}.csv", columns, lines, (first + about).rstrip() + "\n" + DST


def occupied(region):
    """Homes of a region that are lived in, by class of tenure."""
    lines = homes.sections(region, 2024)
    return [sum(line[5] for line in lines if line[3].startswith(group)) for group in CLASSES]


def of_year(folder, year):
    """Tables of people that differ by vintage."""
    return [table(folder, "households", households.households(year), f"Start of {year}.\n"),
            table(folder, "origins", people.origins(year), f"Start of {year}.\n"),
            table(folder, "works", people.works(year), f"Start of {year}.\n"),
            table(folder, "educations", people.educations(year), f"Start of {year}.\n")]


def of_all_years(folder, region=regions.FYN):
    """Tables of people and homes that all vintages share."""
    return [table(folder, "children", households.children()),
            table(folder, "adult_children", households.adult_children()),
            table(folder, "wealth", money.wealth()),
            table(folder, "rooms", homes.rooms()),
            table(folder, "destinations", moves.destinations(occupied(region)))]


def drivers(region):
    """Parameters by year."""
    n_homes = sum(line[4] for line in homes.sections(region, 2024))
    return (moves.population_drivers(region, n_homes) + costs.drivers() + money.livelihood() +
            fitted.fitted())


def of_region(region):
    """Tables of a region of 2024; of people those of the country serve (scenarios/fyn/2024)."""
    folder = region.folder
    about = DRIVERS.replace("of Funen. Funen's growth is\ntaken to be 0.7 times the country's (recalled for "
                            "2015-2024)", "of the region. Its growth is\ntaken to be that of the country")
    about = about.replace("\nFunen's share", "\nthe region's share").replace(
        "fitted by flyt calibrate, the first", "fitted to Funen by flyt calibrate, the first")
    return [table(folder, "municipalities", homes.municipalities(region)),
            table(folder, "organisations", homes.organisations(region)),
            table(folder, "areas", homes.areas(region, 2024), "Start of 2024.\n"),
            table(folder, "sections", homes.sections(region, 2024), "Start of 2024.\n"),
            table(folder, "places", homes.places(region, 2024), "Start of 2024.\n"),
            table(folder, "destinations", moves.destinations(occupied(region))),
            (f"{folder}/drivers.csv", ["parameter", "year", "value", "unit", "source", "evidence",
                                       "note"], drivers(region), about),
            (f"{folder}/targets.csv", targets.TARGET_COLUMNS,
             targets.targets_elsewhere(LABELS, not region.capital),
             TARGETS + "\nNothing is fitted here: every row is a test.\n" + DST)]


def tables():
    """All tables of the shipped scenarios."""
    out = [table("fyn", "municipalities", homes.municipalities(regions.FYN)),
           table("fyn", "organisations", homes.organisations(regions.FYN))] + of_all_years("fyn")
    out.append(("fyn/drivers.csv", ["parameter", "year", "value", "unit", "source", "evidence",
                                    "note"],
                drivers(regions.FYN), DRIVERS))
    out.append(("fyn/targets.csv", targets.TARGET_COLUMNS, targets.targets(LABELS),
                TARGETS + "\n" + DST))
    out.append(("fyn/calibration.csv", targets.CALIBRATION_COLUMNS, targets.calibration(),
                CALIBRATION + "\n" + DST))
    for year in YEARS:
        folder = f"fyn/{year}"
        out += [table(folder, "areas", homes.areas(regions.FYN, year), f"Start of {year}.\n"),
                table(folder, "sections", homes.sections(regions.FYN, year), f"Start of {year}.\n"),
                table(folder, "places", homes.places(regions.FYN, year), f"Start of {year}.\n")]
        out += of_year(folder, year)
    for region in (regions.GLADSAXE, regions.KOLDING):
        out += of_region(region)
    made_up = "Made up: no such places exist.\n"
    out += [table("tiny", "municipalities", tiny.municipalities(), made_up),
            table("tiny", "organisations", tiny.organisations(), made_up),
            table("tiny", "areas", tiny.areas(), made_up),
            table("tiny", "sections", tiny.sections(), made_up),
            table("tiny", "places", tiny.places(), made_up)]
    return out + of_all_years("tiny") + of_year("tiny", 2024)
