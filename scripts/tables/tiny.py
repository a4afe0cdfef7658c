"""The made-up places of scenarios/tiny/: two towns, all tenures, a few hundred homes."""
from tables import homes

TOWNS = [("801", "Nordby", "Nord", 10.0, 56.9, 812, "25.60"),
         ("802", "Sydby", "Syd", 9.5, 55.0, 331, "")]
LAND_TAX = ["24", "10"]
MADE_UP = ["invented for tests and examples", "assumed", "low", ""]

# area, organisation, tenure, homes, households, rent, price
SECTIONS = [
    ("Parken", "Nordby almen 01", "almen_family", 60, 59, 780, 0),
    ("Parken", "Nordby almen 01", "almen_coowned", 12, 12, 780, 0),
    ("Parken", "Nordby almen 01", "almen_elderly", 14, 14, 1040, 0),
    ("Midtbyen", "Nordby almen 02", "almen_family", 30, 30, 810, 0),
    ("Midtbyen", "Nordby almen 02", "almen_youth", 24, 23, 890, 0),
    ("Midtbyen", "Nordby almen 02", "almen_senior_cohousing", 12, 12, 1000, 0),
    ("Midtbyen", "Nordby almen 02", "almen_plus", 10, 10, 700, 0),
    ("Midtbyen", "", "private_rental", 78, 74, 1000, 0),
    ("Midtbyen", "", "cooperative", 30, 29, 700, 8000),
    ("Midtbyen", "", "owner", 40, 38, 0, 21000),
    ("Bakken", "", "private_rental", 12, 11, 900, 0),
    ("Bakken", "", "owner", 110, 108, 0, 16000),
    ("Engen", "Sydby almen 01", "almen_family", 26, 26, 740, 0),
    ("Engen", "Sydby almen 01", "almen_family_cohousing", 10, 10, 820, 0),
    ("Engen", "Sydby almen 01", "almen_elderly", 8, 8, 1000, 0),
    ("Engen", "", "private_rental", 24, 22, 750, 0),
    ("Engen", "", "cooperative", 8, 8, 650, 6000),
    ("Engen", "", "owner", 86, 84, 0, 9000),
]
AREAS = [("Parken", "Nordby", 1.2, 0.4, "deprived"), ("Midtbyen", "Nordby", 0.0, 0.0, "none"),
         ("Bakken", "Nordby", -1.5, 1.0, "none"), ("Engen", "Sydby", 0.3, -0.4, "none")]
VALUES = [("area", "Parken", "outside_work", 42), ("area", "Parken", "nonwestern", 45),
          ("area", "Parken", "basic_schooling", 55), ("area", "Parken", "convicted", ""),
          ("area", "Parken", "income_ratio", ""), ("municipality", "Nordby", "nonwestern", 14),
          ("municipality", "Sydby", "nonwestern", 4)]


def municipalities():
    """code,...,population,tax_rate,land_tax_2023,land_tax_2024"""
    return [[code, name, "Opdigtet", market, f"{x:.3f}", f"{y:.3f}", people, tax, *LAND_TAX,
             *MADE_UP] for code, name, market, x, y, people, tax in TOWNS]


def organisations():
    """name,municipality"""
    names = dict.fromkeys(row[1] for row in SECTIONS if row[1])
    return [[name, name.split(" ")[0], *MADE_UP] for name in names]


def areas():
    """name,municipality,longitude,latitude,listed"""
    towns = {name: {"lon_town": x, "lat_town": y} for _, name, _, x, y, *_ in TOWNS}
    lines = []
    for name, town, east, north, status in AREAS:
        x, y = homes.degrees(towns[town], east, north)
        lines.append([name, town, f"{x:.4f}", f"{y:.4f}", status, *MADE_UP])
    return lines


def sections():
    """name,area,organisation,tenure,homes,households,rent_dkk_m2_year,price_dkk_m2"""
    return [[f"{area} {i + 1:02d}", area, organisation, *rest, *MADE_UP]
            for i, (area, organisation, *rest) in enumerate(SECTIONS)]


def places():
    """level,place,variable,value,year"""
    return [[level, place, name, value, "" if value == "" else 2024, *MADE_UP[:1],
             "unknown" if value == "" else "assumed", "low", ""]
            for level, place, name, value in VALUES]
