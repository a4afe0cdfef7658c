"""Bad tables: CSV, columns, values, and what must hold across rows and tables."""
from case import *  # noqa: F403: a case is written in these words

# ---- CSV ----
HEADER = "name,area,organisation,tenure,homes,households,rent_dkk_m2_year,price_dkk_m2"
SECTION = "Odense 1,Havnen,Havnens Bo,almen_family,2,1,750,0"
case("table empty", 65, [("sections.csv:1:1", "the file is empty")], write(SECTIONS, ""))
case("table without a header", 65, [("sections.csv:1:1", "no line of column names")],
     write(SECTIONS, "# only a comment\n"))
case("table without rows", 65, [("sections.csv:1:1", "the table sections has no rows")],
     write(SECTIONS, HEADER + "\n"))
case("column missing", 65, [("destinations.csv:1:1", 'lacks the column "share"')],
     write(D, "from_tenure,to_tenure\nalmen,almen\n"))
case("column unknown", 65, [("sections.csv:1:78", 'unknown column "rooms" in the table sections')],
     write(SECTIONS, f"{HEADER},rooms\n{SECTION},3\n"))
case("column misspelled", 65,
     [("sections.csv:1:37",
       'unknown column "housholds" in the table sections; did you mean "households"')],
     edit(SECTIONS, "households", "housholds"))
case("column twice", 65, [("sections.csv:1:78", 'the column "homes" stands twice')],
     write(SECTIONS, f"{HEADER},homes\n{SECTION},2\n"))
case("semicolons", 65, [("sections.csv:1:5", "columns are separated by semicolons")],
     write(SECTIONS, f"{HEADER}\n{SECTION}\n".replace(",", ";")))
case("row too short", 65,
     [("sections.csv:4:50", 'the row ends after 7 of 8 cells; "price_dkk_m2" is missing')],
     edit(SECTIONS, "40,40,700,0", "40,40,700"))
case("row too long", 65, [("sections.csv:4:53", "the row has 9 cells, the header 8")],
     edit(SECTIONS, "40,40,700,0", "40,40,700,0,1"))
case("line empty", 65, [("sections.csv:4:1", "an empty line")],
     edit(SECTIONS, "Nyborg 1", "\nNyborg 1"))
case("line of 3 MB", 65,
     [("sections.csv:7:1", "a line of 3000000 bytes; at most 65536 are allowed")],
     add(SECTIONS, b"x" * 3000000 + b"\n"))
case("stray quote", 65, [("sections.csv:4:4", "a stray quote")],
     edit(SECTIONS, "Nyborg 1", 'Nyb"org 1'))
case("text behind a quote", 65, [("sections.csv:4:9", "text behind a closing quote")],
     edit(SECTIONS, "Nyborg 1", '"Nyborg" 1'))
case("newline in quotes", 65, [("sections.csv:4:1", "this quote is not closed on its line")],
     edit(SECTIONS, "Nyborg 1", '"Nyb\norg 1"'))
case("lone CR", 65, [("sections.csv:4:27", "a lone carriage return")],
     edit(SECTIONS, "Bakkens Bo,", "Bakkens Bo\r,"))
case("tab in a table", 65, [("sections.csv:4:9", "a tab")],
     edit(SECTIONS, "Nyborg 1", "Nyborg 1\t"))
case("table not UTF-8", 65, [("sections.csv:6:1", "byte \\xC6 is not UTF-8")],
     edit(SECTIONS, "Ærø", b"\xc6r\xf8"))
case("table with NUL", 65, [("sections.csv:6:2", "a NUL byte")],
     edit(SECTIONS, "Ærø", b"\xc3\x86\0"))
case("name with an escape sequence", 65,
     [("municipalities.csv:4:8", "the control character U+001B may not be here")],
     edit(M, "Nyborg", b"Nyb\x1b[31morg"))
case("name decomposed", 65,
     [("municipalities.csv:5:6", "has a combining mark behind a letter")],
     edit(M, "Ærø", "A\u030aro"), edit(A, "Ærø", "A\u030aro"))
case("name with spaces", 65, [("municipalities.csv:4:5", '"Nyborg " begins or ends with a space')],
     edit(M, "Nyborg", '"Nyborg "'), edit(O, "Nyborg", '"Nyborg "'), edit(A, "Nyborg", '"Nyborg "'))
case("name twice", 65, [("municipalities.csv:4:5", 'name: "Odense" stands already in line 3')],
     edit(M, "Nyborg", "Odense"), edit(O, "Nyborg", "Odense"), edit(A, "Nyborg", "Odense"))
case("code twice", 65, [("municipalities.csv:4:1", 'code: "461" stands already in line 3')],
     edit(M, "450", "461"))
case("code past its range", 65, [("municipalities.csv:4:1", "code: 4500 is outside [1, 999]")],
     edit(M, "450", "4500"))
case("organisation twice", 65,
     [("organisations.csv:3:1", 'name: "Havnens Bo" stands already in line 2')],
     edit(O, "Bakkens Bo,Nyborg", "Havnens Bo,Nyborg"),
     edit(SECTIONS, "Bakkens Bo", "Havnens Bo"))
case("area twice", 65, [("areas.csv:3:1", 'name: "Havnen" stands already in line 2')],
     edit(A, "Bakken", "Havnen"), edit(SECTIONS, "Nyborg 1,Bakken", "Nyborg 1,Havnen"),
     edit(SECTIONS, "Nyborg 2,Bakken", "Nyborg 2,Havnen"))
case("section twice", 65, [("sections.csv:5:1", 'name: "Nyborg 1" stands already in line 4')],
     edit(SECTIONS, "Nyborg 2", "Nyborg 1"))
case("municipality unknown", 65,
     [("areas.csv:3:8", 'municipality: "Nybrog" is not in the table municipalities (column name); '
       'did you mean "Nyborg"?')], edit(A, "Nyborg", "Nybrog"))
case("municipality of an organisation unknown", 65,
     [("organisations.csv:3:12", 'municipality: "Kerteminde" is not in the table municipalities')],
     edit(O, "Nyborg", "Kerteminde"))
case("municipality by another spelling of case", 65,
     [("areas.csv:3:8", 'municipality: "nyborg" is not in the table municipalities')],
     edit(A, "Nyborg", "nyborg"))
case("municipality by its code", 65,
     [("areas.csv:3:8", 'municipality: "450" is not in the table municipalities')],
     edit(A, "Nyborg", "450"))
case("area unknown", 65,
     [("sections.csv:4:10", 'area: "Baken" is not in the table areas (column name); '
       'did you mean "Bakken"?')], edit(SECTIONS, "Nyborg 1,Bakken", "Nyborg 1,Baken"))
case("area not given", 65, [("sections.csv:4:10", "area: the cell is empty")],
     edit(SECTIONS, "Nyborg 1,Bakken", "Nyborg 1,"))
case("organisation unknown", 65,
     [("sections.csv:4:17", 'organisation: "Bakens Bo" is not in the table organisations '
       '(column name); did you mean "Bakkens Bo"?')], edit(SECTIONS, "Bakkens Bo", "Bakens Bo"))
case("kind unknown", 65, [("sections.csv:4:28", 'tenure: "social" is not one of almen_family|')],
     edit(SECTIONS, "Bakkens Bo,almen_family", "Bakkens Bo,social"))
case("class of tenure for a kind", 65,
     [("sections.csv:4:28", 'tenure: "almen" is not one of almen_family|')],
     edit(SECTIONS, "Bakkens Bo,almen_family", "Bakkens Bo,almen"))
case("kind for a class of tenure", 65,
     [("works.csv:2:1", 'tenure_class: "almen_family" is not one of almen|private_rental|')],
     edit(WORKS, "almen,danish,18,66,employed", "almen_family,danish,18,66,employed"))
case("list of areas unknown", 65, [("areas.csv:2:27", 'listed: "ghetto" is not one of none|')],
     edit(A, "deprived", "ghetto"))
case("variable of a place unknown", 65,
     [("places.csv:3:13", 'variable: "outsidework" is not one of population|')],
     edit(PLACES, "outside_work", "outsidework"))
case("place twice", 65,
     [("places.csv:4:1", 'level, place, variable: "area, Havnen, outside_work" stands already in '
       'line 3')], edit(PLACES, "area,Bakken,convicted", "area,Havnen,outside_work"))
case("row twice", 65,
     [("households.csv:3:1", 'tenure, type, age_from: "almen_family, single, 18" stands already '
       'in line 2')], edit(H, "couple_with_children,25", "single,18"))
case("type without children", 65,
     [("children.csv:2:1", 'type: "couple" is not one of single_parent|couple_with_children')],
     edit(CHILDREN, "single_parent", "couple"))
case("no children", 65, [("children.csv:3:22", "children: 0 is outside [1, 6] (children)")],
     edit(CHILDREN, "couple_with_children,1", "couple_with_children,0"))
case("age below 18", 65, [("works.csv:2:14", "age_from: 15 is outside [18, 110] (years)")],
     edit(WORKS, "18,66,employed", "15,66,employed"))
case("age past 110", 65, [("wealth.csv:5:10", "age_to: 999 is outside [18, 110] (years)")],
     edit(WEALTH, "50,99", "50,999"))
case("rooms none", 65, [("rooms.csv:5:7", "rooms: 0 is outside [1, 12] (rooms)")],
     edit(ROOMS, "owner,5", "owner,0"))
case("loan past the home's value", 65,
     [("wealth.csv:4:23", "loan_to_value: 70 is outside [0, 1.2]")],
     edit(WEALTH, "1.4,0.7", "1.4,70"))
case("rent negative", 65,
     [("sections.csv:4:47", "rent_dkk_m2_year: -700 is outside [0, 100000] (DKK/m2/year)")],
     edit(SECTIONS, "700", "-700"))
case("price of a home for that of a m2", 65,
     [("sections.csv:3:34", "price_dkk_m2: 2900000 is outside [0, 1000000] (DKK/m2)")],
     edit(SECTIONS, "20000", "2900000"))
case("count negative", 65, [("sections.csv:4:41", "homes: -40 is outside [0, 4294967294] (homes)")],
     edit(SECTIONS, "almen_family,40,", "almen_family,-40,"))
case("count fractional", 65, [("sections.csv:4:41", "homes: 40.5 is not a whole number (homes)")],
     edit(SECTIONS, "almen_family,40,", "almen_family,40.5,"))
case("count past 32 bits", 65, [("sections.csv:4:41", "homes: 4294967296 is outside")],
     edit(SECTIONS, "almen_family,40,", "almen_family,4294967296,"))
case("counts whose sum passes 32 bits", 65,
     [("sections.csv:3:24", "homes: the sum of the column passes 4294967294 in this row")],
     edit(SECTIONS, "almen_family,120,", "almen_family,4294967290,"))
case("cell empty", 65, [("sections.csv:4:41", "homes: the cell is empty")],
     edit(SECTIONS, "almen_family,40,", "almen_family,,"))
case("decimal comma in a table", 65, [("households.csv:2:27", 'share: "0,6" has a decimal comma')],
     edit(H, "64,0.6", '64,"0,6"'))
case("thousands point in a table", 65,
     [("municipalities.csv:3:39", 'population: "205.978.0" has text behind the number')],
     edit(M, "205978", "205.978.0"))
case("NaN in a table", 65, [("households.csv:2:27", 'share: "nan" is not a finite number')],
     edit(H, "64,0.6", "64,nan"))
case("share past 1", 65, [("households.csv:2:27", "share: 60 is outside [0, 1]")],
     edit(H, "64,0.6", "64,60"))
case("latitude", 65, [("municipalities.csv:3:33", "latitude: 554 is outside [-89, 89]")],
     edit(M, "55.40", "554"))
case("longitude of an area", 65, [("areas.csv:2:15", "longitude: 1038 is outside [-180, 180]")],
     edit(A, "10.38", "1038"))

# ---- across rows and tables ----
case("more households than homes", 65,
     [("sections.csv:4:44", "41 is more than the 40 homes of the row")],
     edit(SECTIONS, "40,40", "40,41"))
case("nobody", 65, [("sections.csv", "there is no household in the table")],
     write(SECTIONS, f"{HEADER}\n{SECTION}\n".replace("2,1,750", "2,0,750")))
case("almen section without an organisation", 65,
     [("sections.csv:4:17", "organisation: an almen section needs one")],
     edit(SECTIONS, "Bakkens Bo", ""))
case("column of organisations absent", 65,
     [("sections.csv:2:1", "organisation: an almen section needs one")],
     write(SECTIONS, HEADER.replace("organisation,", "") + "\n"
           + SECTION.replace("Havnens Bo,", "") + "\n"))
case("organisation of a home that is not almen", 65,
     [("sections.csv:5:17", "organisation: only almen sections have one")],
     edit(SECTIONS, "Nyborg 2,Bakken,", "Nyborg 2,Bakken,Bakkens Bo"))
case("organisation of another municipality", 65,
     [("sections.csv:4:17", "organisation: it is of another municipality than the area")],
     edit(SECTIONS, "Bakkens Bo", "Havnens Bo"))
case("organisation that moves away from its sections", 65,
     [("sections.csv:2:17", "organisation: it is of another municipality than the area")],
     edit(O, "Havnens Bo,Odense", "Havnens Bo,Nyborg"))
case("place unknown", 65, [("places.csv:3:6", 'place: Havn is not in the table of areas')],
     edit(PLACES, "Havnen", "Havn"))
case("municipality of the places unknown", 65,
     [("places.csv:2:14", 'place: Nybrog is not in the table of municipalities')],
     edit(PLACES, "Nyborg", "Nybrog"))
case("area as a municipality", 65,
     [("places.csv:4:14", 'place: Bakken is not in the table of municipalities')],
     edit(PLACES, "area,Bakken", "municipality,Bakken"))
case("municipality as an area", 65,
     [("places.csv:2:6", 'place: Nyborg is not in the table of areas')],
     edit(PLACES, "municipality,Nyborg", "area,Nyborg"))
for file, old, new, place, total in (
        (H, "64,0.6", "64,0.7", "2:1", "1.100000"),
        (CHILDREN, "2,0.6", "2,0.5", "3:1", "0.900000"),
        (ROOMS, "95,0.6", "95,0.599", "2:1", "0.999000"),
        (D, "almen,owner,0.5", "almen,owner,0.4", "2:1", "0.900000"),
        (ORIGINS, "nonwestern,0.25", "nonwestern,0.35", "2:1", "1.100000"),
        (WORKS, "benefit,0.25", "benefit,0.15", "2:1", "0.900000"),
        (EDUCATIONS, "vocational,0.7", "vocational,0.8", "2:1", "1.100000")):
    case(f"shares that do not sum to 1: {file.removesuffix('.csv')}", 65,
         [(f"{file}:{place}", f"the rows of this group sum to {total}, not to 1")],
         edit(file, old, new))
for name, file, old, new, place, message in (
        ("gap: origins", ORIGINS, "60,99", "61,99", "4:7",
         "61 leaves out the ages 60 to 60, which no row of this group holds; the band should begin "
         "at 60"),
        ("gap: wealth", WEALTH, "50,99", "58,99", "5:7", "58 leaves out the ages 50 to 57"),
        ("gap: households", H, "almen_family,couple_with_children,25,50,0.4",
         "almen_family,single,70,80,0.4", "3:21", "70 leaves out the ages 65 to 69"),
        ("gap: adult children", ADULT_CHILDREN, "couple,40", "single,70,79,0.1\ncouple,40", "3:8",
         "70 leaves out the ages 60 to 69"),
        ("late beginning: works", WORKS, "nonwestern,18,99", "nonwestern,19,99", "5:18",
         "19 leaves out the ages 18 to 18"),
        ("late beginning: wealth", WEALTH, "almen,18,99", "almen,30,99", "2:7",
         "30 leaves out the ages 18 to 29"),
        ("early end: works", WORKS, "67,99", "67,89", "4:17",
         "89 leaves out the ages 90 to 99, which no row of this group holds; the last band should "
         "end at 99"),
        ("early end: educations", EDUCATIONS, "nonwestern,18,99", "nonwestern,18,64", "4:21",
         "64 leaves out the ages 65 to 99"),
        ("early end: wealth", WEALTH, "50,99", "50,79", "5:10", "79 leaves out the ages 80 to 99"),
        ("end past 99: works", WORKS, "67,99", "67,100", "4:17",
         "100 is past 99, the oldest age of the tables"),
        ("end past 99: households", H, "30,80", "30,110", "5:17", "110 is past 99"),
        ("end past 99: adult children", ADULT_CHILDREN, "single,40,59", "single,40,100", "2:11",
         "100 is past 99"),
        ("overlap: works", WORKS, "67,99", "60,99", "4:14",
         "60 lies in the band 18-66 of line 2; bands of a group may not overlap"),
        ("overlap: wealth", WEALTH, "50,99", "49,99", "5:7", "49 lies in the band 18-49 of line 4"),
        ("overlap: households", H, "couple_with_children,25", "single,25", "3:21",
         "25 lies in the band 18-64 of line 2"),
        ("overlap: adult children", ADULT_CHILDREN, "couple,40", "single,50,69,0.1\ncouple,40",
         "3:8", "50 lies in the band 40-59 of line 2"),
        ("overlap that a gap makes up for", ORIGINS, "almen,60,99,danish,1",
         "almen,59,80,danish,1\nalmen,82,99,danish,1", "4:7",
         "59 lies in the band 18-59 of line 2")):
    case(f"age bands, {name}", 65, [(f"{file}:{place}", message)]
         + [("origins.csv:5:7", "82 leaves out the ages 81 to 81")] * (name[-3:] == "for"),
         edit(file, old, new))
case("more bands of age than there is room for", 65,
     [("households.csv:23:14", "cut the ages into more than 24 bands; let households have the same")],
     edit(H, "owner,couple,30,80,1",
          "\n".join(f"owner,couple,{age},{age},0.05" for age in range(30, 50))))
case("ages upside down", 65, [("households.csv:5:17", "age_to: 20 is below age_from, 30")],
     edit(H, "30,80", "30,20"))
case("ages upside down: adult children", 65,
     [("adult_children.csv:2:11", "age_to: 39 is below age_from, 40")],
     edit(ADULT_CHILDREN, "single,40,59", "single,40,39"))
case("ages upside down: wealth", 65, [("wealth.csv:5:10", "age_to: 49 is below age_from, 50")],
     edit(WEALTH, "50,99", "50,49"))
for file, column, row in ((H, "tenure", "owner,couple,30,80,1"),
                          (ROOMS, "tenure", "owner,5,140,1"),
                          (ORIGINS, "tenure_class", "owner,18,99,danish,1"),
                          (WORKS, "tenure_class", "owner,danish,18,99,employed,1"),
                          (EDUCATIONS, "tenure_class", "owner,danish,18,99,higher,1"),
                          (D, "from_tenure", "owner,owner,1")):
    case(f"tenure that is not described: {file.removesuffix('.csv')}", 65,
         [(file, f"{column}: no rows for the tenure owner, which a section has")],
         edit(file, "\n" + row + "\n", "\n"))
case("tenure that is not described: wealth", 65,
     [("wealth.csv", "tenure_class: no rows for the tenure private_rental, which a section has")],
     edit(WEALTH, "private_rental,18,99,30000,1.4,0\n", ""))
case("kind that is not described", 65,
     [("households.csv", "tenure: no rows for the tenure almen_youth, which a section has"),
      ("rooms.csv", "tenure: no rows for the tenure almen_youth, which a section has")],
     edit(SECTIONS, "Bakkens Bo,almen_family", "Bakkens Bo,almen_youth"))
case("faults across tables", 65,
     [("wealth.csv:5:10", "age_to: 49 is below age_from, 50"),
      ("sections.csv:2:45", "119 is more than the 118 homes"),
      ("sections.csv:4:17", "an almen section needs one"),
      ("rooms.csv", "no rows for the tenure owner"),
      ("places.csv:3:6", 'place: Havn is not in the table of areas'),
      ("households.csv:2:1", "sum to 1.100000, not to 1")],
     edit(WEALTH, "50,99", "50,49"), edit(SECTIONS, "120,118", "118,119"),
     edit(SECTIONS, "Bakkens Bo", ""), edit(ROOMS, "owner,5,140,1\n", ""),
     edit(PLACES, "Havnen", "Havn"), edit(H, "64,0.6", "64,0.7"))
case("faults across tables beside those of single tables", 65,
     [("scenario.yaml:23:24", "1.4 is outside [0, 1]"),
      ("areas.csv:3:15", 'longitude: "east" is not a number'),
      ("rooms.csv:5:7", "rooms: 0 is outside [1, 12]"),
      ("wealth.csv:5:10", "age_to: 49 is below age_from, 50"),
      ("origins.csv:3:13", "no rows in the table works"),
      ("places.csv:2:32", "value: 400 is outside [0, 100] (nonwestern, %)"),
      ("households.csv:2:1", "sum to 1.100000, not to 1")],
     edit(S, "search.almen_family: 0.1", "search.almen_family: 1.4"), edit(A, "10.79", "east"),
     edit(ROOMS, "owner,5", "owner,0"), edit(WEALTH, "50,99", "50,49"), edit(H, "64,0.6", "64,0.7"),
     edit(PLACES, "nonwestern,5", "nonwestern,400"),
     edit(WORKS, "almen,nonwestern,18,99,employed,1\n", ""))
case("a table missing beside faults across tables", 66,
     [("scenario.yaml:9:18", "organisations.csv"),
      ("households.csv:2:1", "sum to 1.100000, not to 1")],
     remove(O), edit(H, "64,0.6", "64,0.7"))

# ---- what is known of places, and what tables need of each other ----
for name, old, new, place, message in (
        ("share", "nonwestern,5", "nonwestern,400", "2:32",
         "value: 400 is outside [0, 100] (nonwestern, %)"),
        ("share outside work", "outside_work,20", "outside_work,142", "3:26",
         "value: 142 is outside [0, 100] (outside_work, %)"),
        ("ratio of incomes", "outside_work,20", "income_ratio,2000", "3:26",
         "value: 2000 is outside [0, 1000] (income_ratio, %)"),
        ("income in øre", "outside_work,20", "disposable_income,23000000", "3:31",
         "value: 23000000 is outside [0, 10000000] (disposable_income, DKK/year)"),
        ("persons in parts", "outside_work,20", "population,1200.5", "3:24",
         "value: 1200.5 is not a whole number (population, persons)"),
        ("fewer persons than households", "outside_work,20", "population,313", "3:24",
         "value: 313 persons are fewer than the 314 households that the table sections has here"),
        ("fewer persons than households of a municipality", "nonwestern,5", "population,96", "2:32",
         "value: 96 persons are fewer than the 97 households"),
        ("shares of the same persons", "area,Bakken,convicted,,",
         "area,Havnen,employed,81,", "3:26",
         "value: outside_work and employed (line 4) are together 101 % of the same persons")):
    case(f"known of a place: {name}", 65, [(f"places.csv:{place}", message)],
         edit(PLACES, old, new))
case("municipality with fewer persons than households", 65,
     [("municipalities.csv:5:36", "population: 27 persons are fewer than the 28 households")],
     edit(M, "6053", "27"))
case("origin without work", 65,
     [("origins.csv:3:13", "origin: nonwestern of this tenure has no rows in the table works; they "
       "are needed for the ages 18 to 99")],
     edit(WORKS, "almen,nonwestern,18,99,employed,1\n", ""))
case("origin without education", 65,
     [("origins.csv:3:13", "origin: nonwestern of this tenure has no rows in the table educations")],
     edit(EDUCATIONS, "almen,nonwestern,18,99,basic,1\n", ""))
case("type without its numbers of children", 65,
     [("households.csv:3:14", "type: couple_with_children has no rows in the table children")],
     edit(CHILDREN, "couple_with_children,1,0.4\ncouple_with_children,2,0.6\n", ""))
case("evidence unknown", 65,
     [("children.csv:3:28", 'evidence: "recalled" is not one of published|derived|borrowed|assumed|'
       'unknown'), ("children.csv:4:28", 'evidence: "" is not one of published|')],
     write(CHILDREN, "type,children,share,evidence\nsingle_parent,1,1,assumed\n"
           "couple_with_children,1,0.4,recalled\ncouple_with_children,2,0.6,\n"))
case("evidence unknown: drivers", 65,
     [("drivers.csv:2:45", 'evidence: "guessed" is not one of published|')],
     lambda folder: (folder / DRIVERS).write_text(
         "\n".join(line + (",evidence" if i == 0 else ",guessed" if i == 1 else ",derived")
                   for i, line in enumerate((folder / DRIVERS).read_text().splitlines())) + "\n"))
