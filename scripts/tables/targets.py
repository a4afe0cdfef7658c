"""Targets: published numbers that results are compared with, and what calibration may change."""
from tables.facts import evidence_of, facts, find

ALMEN = ("Almen family homes|Almen youth homes|Almen homes for the elderly|Almen senior co-housing|"
         "Almen family co-housing|AlmenBolig+|Co-owned almen homes")
OWNER = "persons_by_tenure_age[tenure=Owner"
LETTINGS = "lettings_by_kind"

TARGET_COLUMNS = ["name", "en", "da", "measure", "of", "over", "where", "value", "tolerance",
                  "unit", "bound", "use", "standing", "world", "scope", "counts", "year",
                  "first_year", "last_year", "source", "evidence", "confidence", "note"]

# name, English, Danish, measure, of, over, use, standing, scope, counts, tolerance, unit, the fact
# (table and what finds its row) or None, note
MOVES = [
    ("family_out", "Almen family homes: moved out", "Almene familieboliger: fraflyttet", "percent",
     "leases_ended[kind=Almen family homes]", "homes_by_kind[kind=Almen family homes]", "fit",
     "hard", "national", "homes", 0.8, "% of homes a year",
     ("moving_rates", {"tenure": "almen", "group": "family", "year": "2019"}), ""),
    ("youth_out", "Almen youth homes: moved out", "Almene ungdomsboliger: fraflyttet", "percent",
     "leases_ended[kind=Almen youth homes]", "homes_by_kind[kind=Almen youth homes]", "fit", "hard",
     "national", "homes", 4, "% of homes a year",
     ("moving_rates", {"tenure": "almen", "group": "youth", "year": "2019"}), ""),
    ("houses_sold", "Owner houses sold", "Solgte ejerboliger, huse", "percent", "houses_sold",
     "owner_houses", "fit", "indicative", "national", "homes", 0.5, "% of houses a year",
     ("moving_rates", {"tenure": "owner", "group": "house"}),
     "1 / mean holding time of 21 years: stock over sales"),
    ("inside_municipality", "Moves inside the municipality", "Flytninger inden for kommunen",
     "percent", "moves_by_distance[move_distance=The same municipality]", "moves_by_distance",
     "fit", "hard", "national", "persons", 4, "% of moves",
     ("moving_rates", {"indicator": "moves inside same municipality"}),
     "arrivals from abroad are in the simulated base"),
    ("moves_18_24", "Moves of those of 18-24", "Flytninger blandt 18-24-årige", "percent",
     "persons_moved[mover_age=18-24]", "persons_moved", "test", "hard", "national", "persons", 4,
     "% of moves", ("moving_rates", {"group": "18-24", "year": "2019"}), ""),
    ("moves_25_29", "Moves of those of 25-29", "Flytninger blandt 25-29-årige", "percent",
     "persons_moved[mover_age=25-29]", "persons_moved", "test", "hard", "national", "persons", 4,
     "% of moves", ("moving_rates", {"group": "25-29", "year": "2019"}), ""),
    ("recent", "Persons who moved in within five years", "Personer flyttet ind inden for fem år",
     "percent", "persons_recent", "persons_by_tenure_age", "test", "hard", "national", "persons", 4,
     "% of persons", ("moving_rates", {"indicator": "moved in last five years"}), ""),
    ("almen_left", "Adults who left their almen section", "Voksne, der forlod deres almene afdeling",
     "percent", f"adults_left[kind={ALMEN}]", f"adults_by_kind[kind={ALMEN}]", "test", "hard",
     "national", "persons", 2, "% of adults a year",
     ("moving_rates", {"indicator": "persons leaving their afdeling"}), "every seventh"),
    ("almen_pensioners", "Pensioners who left their almen section",
     "Pensionister, der forlod deres almene afdeling", "percent", f"pensioners_left[kind={ALMEN}]",
     f"pensioners_by_kind[kind={ALMEN}]", "test", "hard", "national", "persons", 1.5,
     "% of pensioners a year", ("moving_rates", {"group": "pensioners"}), ""),
    ("almen_stay", "Ended almen leases that lasted 2-5 years",
     "Ophørte almene lejemål, der varede 2-5 år", "percent",
     "leases_ended_by_length[tenure=Non-profit (almen);stay=2-5 years]",
     "leases_ended_by_length[tenure=Non-profit (almen)]", "test", "hard", "national", "homes", 4,
     "% of ended leases",
     ("moving_rates", {"indicator": "share of ended leases that lasted 2-5 years"}), "just over"),
]
CHANNELS = [
    ("outside_list", "Almen lettings: outside list", "Almene udlejninger: ekstern venteliste",
     "external waiting list", "hard", 5),
    ("inside_list", "Almen lettings: inside list", "Almene udlejninger: intern venteliste",
     "internal waiting list", "hard", 3),
    ("municipal", "Almen lettings: municipality", "Almene udlejninger: kommunal anvisning",
     "municipal assignment", "hard", 4),
    ("other_letting", "Almen lettings: other", "Almene udlejninger: øvrige",
     "flexible and combined letting plus other", "indicative", 4),
]
AGES = [("owner_23", 23, "fit"), ("owner_34", 34, "fit"), ("owner_82", 82, "fit")]


def found(source):
    """The row of a fact."""
    table, wanted = source
    return find(facts(table), **wanted)


def line(name, en, da, measure, of, over, use, standing, scope, counts, tolerance, unit, fact,
         value, note, first=1, last=10):
    """A row of a published number."""
    sure = evidence_of(fact) == "published" and fact["confidence"] == "high"
    if standing == "hard" and not sure:
        raise SystemExit(f"{name} is not known well enough to be hard")
    return [name, en, da, measure, of, over, "", value, tolerance, unit, "equal", use, standing,
            "scenario", scope, counts, fact["year"], first, last, fact["source"],
            evidence_of(fact), fact["confidence"], note]


def moves():
    out = []
    for row in MOVES:
        fact = found(row[12])
        value = fact["value"] if row[0] != "houses_sold" else f"{100 / float(fact['value']):.2f}"
        kept = dict(fact) if row[0] != "houses_sold" else dict(fact, evidence="derived")
        out.append(line(*row[:12], kept, value, row[13]))
    return out


def channels(labels):
    """How almen homes are let. labels: channel of a target to labels of the dimension."""
    out = []
    for name, en, da, channel, standing, tolerance in CHANNELS:
        fact = find(facts("letting_channels"), channel=channel, year="2022")
        out.append(line(name, en, da, "percent", f"{LETTINGS}[channel={labels[name]}]", LETTINGS,
                        "test" if name == "municipal" else "fit", standing, "national", "homes",
                        tolerance, "% of lettings", fact, fact["value"],
                        "what is left of 100" if standing != "hard" else ""))
    assigned = "municipal assignment to family dwellings outside listed areas"
    fact = find(facts("letting_channels"), channel=assigned)
    out.append(line("municipal_family", "Almen family lettings: municipality",
                    "Almene familieudlejninger: kommunal anvisning", "percent",
                    f"{LETTINGS}[kind=Almen family homes;channel=Municipal assignment]",
                    f"{LETTINGS}[kind=Almen family homes]", "fit", "hard", "national", "homes", 2,
                    "% of lettings", fact, fact["note"].split()[0], "of 5,286; outside listed areas"))
    return out


def regional(value):
    """A national share of persons in owner homes as one of the country without Region Hovedstaden:
    the odds of owning differ by as much at every age as they do for all."""
    group = facts("ownership_by_group")
    odds = [float(find(group, group=g)["value"]) for g in ("rest of country", "all persons")]
    odds = [share / (100 - share) for share in odds]
    own = float(value) / (100 - float(value)) * odds[0] / odds[1]
    return f"{100 * own / (1 + own):.1f}"


def ownership():
    out = []
    for name, age, use in AGES:
        fact = find(facts("ownership_by_group"), group=f"age {age}")
        known = dict(fact, evidence="derived", confidence="medium")
        ages = "|".join(str(a) for a in range(age - 1, age + 2))
        out.append(line(name, f"Persons of {age} in owner homes", f"{age}-årige i ejerbolig",
                        "percent", f"{OWNER};single_age={ages}]",
                        f"persons_by_tenure_age[single_age={ages}]", use, "indicative", "regional",
                        "persons", 4, "% of persons", known, regional(fact["value"]),
                        f"nationally {fact['value']}; here by the odds of all persons outside "
                        f"Region Hovedstaden; simulated: {age - 1} to {age + 1} years"))
    for name, group, en, da, of, over, scope in [
            ("owner_all", "rest of country", "Persons in owner homes", "Personer i ejerbolig",
             OWNER + "]", "persons_by_tenure_age", "regional"),
            ("owner_married", "married living with spouse", "Married persons in owner homes",
             "Gifte i ejerbolig", "adults_by_union[tenure=Owner;union=Married]",
             "adults_by_union[union=Married]", "national"),
            ("owner_cohabiting", "other couples", "Cohabiting persons in owner homes",
             "Samlevende i ejerbolig", "adults_by_union[tenure=Owner;union=Cohabiting]",
             "adults_by_union[union=Cohabiting]", "national")]:
        fact = find(facts("ownership_by_group"), group=group)
        out.append(line(name, en, da, "percent", of, over, "test", "hard", scope, "persons", 4,
                        "% of persons", fact, fact["value"],
                        "the country without Region Hovedstaden" if scope == "regional" else ""))
    return out


def almen():
    """Vacancies, size of households, rent over income."""
    sector = facts("almen_sector")
    vacant = find(sector, indicator="vacancy_rate", year="2020")
    size = find(sector, indicator="persons_per_household", year="2022")
    burden = find(sector, indicator="housing_burden_mean")
    elderly = find(facts("moving_rates"), group="elderly")
    helped = {"source": "Cevea, Velfærdens Danmarkskort, 2016", "evidence": "published",
              "confidence": "medium", "year": "2016"}
    guess = {"source": "docs/MODEL.md section 3", "evidence": "recalled", "confidence": "low",
             "year": ""}
    out = [line("almen_vacant", "Almen homes vacant", "Ledige almene boliger", "percent",
                f"vacant_by_kind[kind={ALMEN}]", f"homes_by_kind[kind={ALMEN}]", "test", "hard",
                "national", "homes", 0.2, "% of homes", vacant, vacant["value"], "January")]
    out.append(line("elderly_out", "Almen homes for the elderly: moved out",
                    "Almene ældreboliger: fraflyttet", "percent",
                    "leases_ended[kind=Almen homes for the elderly]",
                    "homes_by_kind[kind=Almen homes for the elderly]", "test", "indicative",
                    "national", "homes", 3, "% of homes a year", elderly, elderly["value"],
                    "what is left of all; 17 with 7.4 % of homes for the elderly"))
    out.append(line("helped", "Persons of 65 and more who need daily help",
                    "Personer på 65 år og derover med brug for daglig hjælp", "percent",
                    "frail_by_kind", "aged_by_kind", "test", "indicative", "national", "persons",
                    2, "% of persons", helped, 12, "given home help"))
    for name, en, da, kind, value, tolerance in [
            ("private_vacant", "Private rental homes vacant", "Ledige private udlejningsboliger",
             "Private rental", 3, 1),
            ("owner_vacant", "Owner homes for sale", "Ejerboliger til salg", "Owner", 1.5, 0.5)]:
        out.append(line(name, en, da, "percent", f"vacant_by_kind[kind={kind}]",
                        f"homes_by_kind[kind={kind}]", "fit", "indicative", "national", "homes",
                        tolerance, "% of homes", guess, value, ""))
    out.append(line("almen_size", "Persons in an almen household", "Personer pr. almen husstand",
                    "ratio", "persons_by_tenure_age[tenure=Non-profit (almen)]",
                    "households[tenure=Non-profit (almen)]", "test", "hard", "national", "persons",
                    0.1, "persons", size, size["value"], ""))
    out.append(line("almen_burden", "Housing cost of almen households over income",
                    "Almene husstandes boligudgift i forhold til indkomst", "level",
                    "rent_burden[tenure=Non-profit (almen)]", "", "test", "hard", "national",
                    "money", 0.03, "share", burden, f"{float(burden['value']) / 100:.2f}",
                    "rent before housing benefit; income after tax with the benefit"))
    return out


def demand(name, en, da, measure, of, over, where, value, unit, world, counts, last, source):
    return [name, en, da, measure, of, over, where, value, 0, unit, "at_most", "demand", "hard",
            world, "local", counts, "", 1, last, source, "assumed", "high",
            "asked of the model itself; no statistic"]


def demands():
    """What is asked of the model whatever the country looks like."""
    return [
        demand("hidden", "Households without a home of their own",
               "Husstande uden egen bolig", "percent", "hidden_households", "households", "", 1,
               "% of households", "scenario", "households", 10, "docs/MODEL.md section 4"),
        demand("drift", "Listed areas: drift of the share outside work",
               "Listede områder: drift i andelen uden for arbejde", "drift", "area_outside_work",
               "area_working_age", "area_list", 0.5, "points a year", "scenario", "persons", 5,
               "docs/MODEL.md section 8"),
        demand("price_trend", "Owner prices in a constant world", "Ejerpriser i en konstant verden",
               "trend", "price_m2[kind=Owner]", "", "", 0.5, "% a year", "constant", "money", "",
               "docs/VERIFICATION.md"),
        demand("rent_trend", "Private rents in a constant world",
               "Private huslejer i en konstant verden", "trend", "rent_m2[kind=Private rental]", "",
               "", 0.5, "% a year", "constant", "money", "", "docs/VERIFICATION.md")]


def moved():
    """All moves, less the kinds the model lacks."""
    fact = find(facts("moving_rates"), indicator="address changes", year="2023")
    kept = dict(fact, evidence="derived", confidence="medium")
    return [line("moved", "Persons who moved", "Personer, der flyttede", "percent",
                 "persons_moved", "persons_by_tenure_age", "fit", "indicative", "national",
                 "persons", 0.5, "% of persons a year", kept, 13,
                 "about 1 in 7 persons, less moves back to parents and shared homes: 12.5-13.5")]


def targets(labels):
    return moves() + moved() + channels(labels) + ownership() + almen() + demands()


def targets_elsewhere(labels, regional_too):
    """The same where nothing is fitted: each row is a test. regional_too: the region lies outside
    Region Hovedstaden, so what is known of the country without it holds."""
    use, scope = TARGET_COLUMNS.index("use"), TARGET_COLUMNS.index("scope")
    return [row[:use] + ["test" if row[use] == "fit" else row[use]] + row[use + 1:]
            for row in targets(labels) if regional_too or row[scope] != "regional"]


CALIBRATION_COLUMNS = ["parameter", "role", "target", "elasticity", "low", "high", "scale", "every",
                       "source", "evidence", "confidence", "note"]
# parameter, target, elasticity, low, high, scale, years between steps
FITTED = [("search.almen_family", "family_out", 0.06, 0.002, 0.2, "log", 1),
          ("search.youth", "youth_out", 0.1, 0.002, 2, "log", 1),
          ("search.owner", "houses_sold", 0.15, 0.005, 0.3, "log", 1),
          ("search.private_rental", "moved", 0.1, 0.05, 2, "log", 1),
          ("letting.claim", "municipal_family", 0.8, 0.1, 1, "log", 1),
          ("lists.own_organisation", "inside_list", 0.35, 0.3, 1, "log", 1),
          ("choice.distance", "inside_municipality", 0.3, 0.1, 3, "log", 1),
          ("choice.owner_level", "owner_vacant", -1, -6, 6, "linear", 1),
          ("choice.owner_young", "owner_23", 10, -4, 4, "linear", 5),
          ("choice.owner_middle", "owner_34", 10, -4, 4, "linear", 5),
          ("choice.owner_old", "owner_82", 10, -6, 2, "linear", 5)]
FREE = [("search.gain", 0.25, 1), ("choice.move_cost", 0.4, 1.6), ("choice.years_cost", 0.25, 1),
        ("choice.income_left", 1.4, 5.6), ("choice.reputation", 0.7, 2.8),
        ("choice.own_origin", 1, 4), ("market.income_elasticity", 0.4, 1.6),
        ("market.price_pressure", 0.005, 0.02)]


def calibration():
    """What calibration may change: half to double where nothing else is known."""
    model = ["docs/MODEL.md section 9", "assumed", "low"]
    return ([[name, "fit", target, e, low, high, scale, every] + model +
             ["elasticity: about what a change gave over ten years of Funen, where it moved the target; else a guess"]
             for name, target, e, low, high, scale, every in FITTED] +
            [[name, "free", "", "", low, high, "log", ""] + model + ["half to double"]
             for name, low, high in FREE])
