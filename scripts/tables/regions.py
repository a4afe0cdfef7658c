"""The regions that scenarios are made of: which municipalities, which areas are known by name, and
what is known of those."""
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Region:
    """What homes.py needs to know of a region."""
    folder: str
    codes: list                 # municipalities, in order
    labour_market: str
    labour_market_note: str
    named: dict                 # area: municipality, km east and north of the town's centre
    position: str               # where those come from
    homes: dict                 # (vintage or 0, area): homes, evidence, confidence, source, note
    sections: dict              # area: almen sections, where not 3
    listed: dict                # (vintage, area): list, evidence, note
    nonwestern: dict            # area: assumed share and why, where no list tells
    years: dict                 # vintage: variable: years of a list that may stand for it
    growth: float               # of the population, as a multiple of the country's (assumed)
    growth_note: str
    capital: bool = False       # in Region Hovedstaden: targets of the rest of the country do not hold
    values: dict = field(default_factory=dict)  # (area, variable): value, year, source, evidence,
                                                # confidence, note; in place of a list's


# Areas of Funen known by name: municipality, km east and north of the town's centre.
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

FYN = Region(
    folder="fyn", codes=["410", "420", "430", "440", "450", "461", "479", "480", "482", "492"],
    labour_market="Fyn", labour_market_note="one for Funen and its islands", named=NAMED,
    position="position read off a map, about", homes=NAMED_HOMES, sections=NAMED_SECTIONS,
    listed=LISTED, nonwestern=NONWESTERN,
    # the schooling of 2015 was defined otherwise
    years={2015: {"population": (2017,), "outside_work": (2015,), "convicted": ()},
           2024: {"population": (2024, 2020), "outside_work": (2024,),
                  "basic_schooling": (2019,), "convicted": (2020,)}},
    growth=0.7, growth_note="growth of the country x 0.7 (assumed) less births over deaths by Funen's ages")

CATALOGUE = "Boligliv i Balance: Det sociale løsningskatalog, 2015"

GLADSAXE = Region(
    folder="gladsaxe", codes=["151", "157", "159", "163", "173", "190"],
    labour_market="Hovedstaden", labour_market_note="one for the six suburbs; København is outside",
    named={"Værebro Park": ("159", -2.3, 3.7)}, position="position recalled, about",
    homes={(0, "Værebro Park"): (1327, "assumed", "low", "general knowledge",
                                 "order of magnitude; one organisation")},
    sections={"Værebro Park": 1}, capital=True,
    listed={(2024, "Værebro Park"): ("none", "assumed", "on no list that is known")},
    nonwestern={"Værebro Park": (45, "no number in the facts; off the lists of parallel societies")},
    years={2024: {}}, growth=1.0, growth_note="grows as the country (assumed), less births over "
                                              "deaths by the region's ages",
    values={("Værebro Park", "basic_schooling"):
            (43, 2014, CATALOGUE, "published", "medium", "residents of 31-60; the model: 30-59")})

KOLDING = Region(
    folder="kolding", codes=["410", "510", "575", "607", "621", "630"],
    labour_market="Trekantområdet", labour_market_note="one for the six municipalities",
    named={"Skovvejen/Skovparken": ("621", 0.6, 1.2), "Munkebo": ("621", 1.3, 0.6)},
    position="position recalled, about",
    homes={(0, "Skovvejen/Skovparken"):
           (944, "assumed", "low", "JydskeVestkysten May 2019 on the ministry list",
            "944 family homes in 2018 (published), 243 to be demolished by 2030: how many are gone is not known"),
           (0, "Munkebo"): (600, "assumed", "low", "general knowledge",
                            "at least 1000 residents, since it was on the list")},
    sections={"Skovvejen/Skovparken": 2},
    listed={(2024, "Skovvejen/Skovparken"): ("transformation", "published", "list of December 2023"),
            (2024, "Munkebo"): ("none", "published", "left the list in December 2020")},
    nonwestern={"Skovvejen/Skovparken": (66, "list of 2018"),
                "Munkebo": (52, "on the list of parallel societies 2018-2019: above 50 % by law")},
    years={2024: {"outside_work": (2018,), "nonwestern": (2018,), "basic_schooling": (2018,),
                  "convicted": (2018,)}},
    growth=1.0, growth_note="grows as the country (assumed), less births over deaths by the region's ages")
