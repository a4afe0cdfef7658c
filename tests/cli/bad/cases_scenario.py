"""Bad scenarios: keys, numbers, YAML, files, drivers, the command line, other models."""
from case import *  # noqa: F403: a case is written in these words

# ---- keys ----
case("unknown key", 65, [("scenario.yaml:3:1", 'unknown key "yaers"; did you mean "years"?')],
     edit(S, "years:", "yaers:"))
case("parameter as a key", 65,
     [("scenario.yaml:25:1", 'unknown key "search.owner"; did you mean "parameters:"?')],
     add(S, "search.owner: 0.1\n"))
case("duplicate key", 65, [("scenario.yaml:4:1", '"years" is given twice; the first is in line 3')],
     edit(S, "seed: 7", "years: 2"))
case("start missing", 65, [("scenario.yaml:1:1", "start: the year in which the run begins")],
     edit(S, "start: 2024\n", ""))
case("start out of range", 65, [("scenario.yaml:2:8", "start: 24 is outside [1900, 2200] (year)")],
     edit(S, "start: 2024", "start: 24"))
case("years a word", 65, [("scenario.yaml:3:8", 'years: "ten" is not a number')],
     edit(S, "years: 1", "years: ten"))
case("years fractional", 65, [("scenario.yaml:3:8", "years: 1.5 is not a whole number (years)")],
     edit(S, "years: 1", "years: 1.5"))
case("years a list", 65, [("scenario.yaml:3:8", "years: a single value is needed")],
     edit(S, "years: 1", "years: [1, 2]"))
case("seed past 32 bits", 65,
     [("scenario.yaml:4:7", "seed: 4294967296 is outside [0, 4294967295] (32 bits)")],
     edit(S, "seed: 7", "seed: 4294967296"))
case("seed negative", 65, [("scenario.yaml:4:7", "seed: -1 is outside")],
     edit(S, "seed: 7", "seed: -1"))
case("replicates none", 65, [("scenario.yaml:5:13", "replicates: 0 is outside [1, 10000]")],
     edit(S, "replicates: 1", "replicates: 0"))
case("unknown model", 65,
     [("scenario.yaml:2:8", 'model: there is no model "hosing"; did you mean "housing"?')],
     edit(S, "start:", "model: hosing\nstart:"))
case("title with a line break", 65, [("scenario.yaml:1:8", "title: a line break or tab")],
     edit(S, "A small sound scenario", '"one\\ntwo"'))
case("title with an escape sequence", 65,
     [("scenario.yaml:1:8", "the text holds the control character U+001B")],
     edit(S, "A small sound scenario", '"\\e[31mred"'))
case("a list for a scenario", 65, [("scenario.yaml:1:1", 'a scenario is a block of "name: value"')],
     write(S, "- 1\n- 2\n"))

# ---- policies ----
POLICIES = "policies:\n  flexible_letting:\n    "
for name, text, place, message in (
        ("unknown policy", "policies:\n  flexible_leting: {}\n", "26:3",
         'unknown policy "flexible_leting"; did you mean "flexible_letting"?'),
        ("a list of policies", "policies: [flexible_letting]\n", "25:11",
         'policies: a block of "policy: {...}" is needed'),
        ("a policy that is a list", "policies:\n  flexible_letting: [1]\n", "26:21",
         'policies.flexible_letting: a block of "name: value" is needed'),
        ("a policy that is a word", "policies:\n  flexible_letting: maybe\n", "26:21",
         'policies.flexible_letting: "maybe" is neither yes nor no'),
        ("unknown key", POLICIES + "shares: 0.5\n", "27:5",
         'the policy flexible_letting has no "shares"; did you mean "share"?'),
        ("out of range", POLICIES + "share: 1.5\n", "27:12",
         "policies.flexible_letting.share: 1.5 is outside [0, 1] (share)"),
        ("a year out of range", POLICIES + "from: 24\n", "27:11",
         "policies.flexible_letting.from: 24 is outside [1900, 2200] (year)"),
        ("years that are a schedule", POLICIES + "from: {2024: 1}\n", "27:11",
         "policies.flexible_letting.from: a single value is needed"),
        ("to before from", POLICIES + "from: 2030\n    to: 2025\n", "28:9",
         "policies.flexible_letting: to (2025) lies before from (2030)"),
        ("over before the start", POLICIES + "to: 1990\n", "27:9",
         "policies.flexible_letting: to (1990) lies before the start"),
        ("a negative ramp", POLICIES + "ramp: -1\n", "27:11",
         "policies.flexible_letting.ramp: -1 is outside [0, 100] (years)"),
        ("an unknown municipality", POLICIES + "municipalities: [Nyborg, Odensee]\n", "27:30",
         'policies.flexible_letting.municipalities: the table municipalities has no "Odensee"; '
         'did you mean "Odense"?'),
        ("an unknown organisation", POLICIES + "organisations: Havnens\n", "27:20",
         'policies.flexible_letting.organisations: the table organisations has no "Havnens"'),
        ("a place named twice", POLICIES + "municipalities: [Odense, Odense]\n", "27:30",
         'policies.flexible_letting.municipalities: "Odense" is named twice'),
        ("no places", POLICIES + "areas: []\n", "27:12",
         "policies.flexible_letting.areas: a list of names is needed"),
        ("an escape sequence for a place", POLICIES + 'areas: ["\\e[31m"]\n', "27:13",
         "the text holds the control character U+001B"),
        ("no age is left", "policies:\n  social_lift:\n    age_from: 60\n    age_to: 30\n", "28:13",
         "age_from (60) is above age_to (30)"),
        ("an age below a default", "policies:\n  social_lift:\n    age_from: 65\n", "27:15",
         "age_from (65) is above age_to (64)"),
        ("shares of more than all",
         "policies:\n  social_lift:\n    state_share: 0.2\n    organisation_share: 0.1\n",
         "28:25", "sum to 1.05; 1 at most, the municipality pays the rest"),
        ("owner before co-owner", "policies:\n  housing_career:\n    owner_years: 5\n", "27:18",
         "owner after 5 years, before co-owner (coowner_years, 10)"),
        ("criteria that nobody meets",
         "policies:\n  flexible_letting:\n    work: no\n    study: no\n    age: 0\n", "27:11",
         "a share of 0.5 is for those who meet criteria, but work and study are off"),
        ("a policy given twice", POLICIES + "share: 0.1\n  flexible_letting: no\n", "28:3",
         '"flexible_letting" is given twice')):
    case(f"policies: {name}", 65, [("scenario.yaml:" + place, message)], add(S, text))

# ---- numbers and parameters ----
for name, text, message in (
        ("out of range", "1.4", "1.4 is outside [0, 1] (1/year)"),
        ("negative", "-0.1", "-0.1 is outside [0, 1]"),
        ("NaN", ".nan", '".nan" is not a finite number; a number from 0 to 1 is needed (1/year)'),
        ("infinity", "-.inf", '"-.inf" is not a finite number'),
        ("too large for a double", "1e999", '"1e999" is not a finite number'),
        ("decimal comma", "'0,1'", '"0,1" has a decimal comma; write a point'),
        ("octal-looking", "042", '"042" begins with a zero'),
        ("hexadecimal", "0x10", '"0x10" is a hexadecimal number'),
        ("percent", "10%", '"10%" has text behind the number'),
        ("thousands", "1_000", '"1_000" has text behind the number'),
        ("space inside", "1 000", '"1 000" has white space in it'),
        ("word", "high", '"high" is not a number'),
        ("yes", "yes", '"yes" is not a number'),
        ("nothing", "", '"" is empty'),
        ("escape sequence", '"a\\tb"', 'is not a number')):
    case(f"parameter: {name}", 65, [("scenario.yaml:23:" + ("23" if name == "nothing" else "24"),
                                     f"parameters.search.almen_family: " + message
                                     if name != "escape sequence" else message)],
         edit(S, "search.almen_family: 0.1", "search.almen_family: " + text))
case("unknown parameter", 65,
     [("scenario.yaml:23:3", 'unknown parameter "search.almen_famil"; did you mean "search.almen_family"?')],
     edit(S, "search.almen_family:", "search.almen_famil:"))
case("parameter without its group", 65,
     [("scenario.yaml:23:3", 'unknown parameter "almen_family"; did you mean "search.almen_family"?')],
     edit(S, "search.almen_family:", "almen_family:"))
case("unknown group", 65,
     [("scenario.yaml:25:3", 'unknown group of parameters "serch"; did you mean "search"?')],
     add(S, "  serch: {almen_family: 0.1}\n"))
case("unknown parameter in a group", 65,
     [("scenario.yaml:25:12", 'unknown parameter "search.ovner"; did you mean "search.owner"')],
     add(S, "  search: {ovner: 0.1}\n"))
case("parameter dotted and nested", 65,
     [("scenario.yaml:25:12", '"search.almen_family" is given twice; the first is in line 23')],
     add(S, "  search: {almen_family: 0.1}\n"))
case("parameter a list", 65, [("scenario.yaml:23:24", "a value or {year: value} is needed")],
     edit(S, "search.almen_family: 0.1", "search.almen_family: [0.1]"))
case("group with a value", 65, [("scenario.yaml:25:11", "parameters.search: a block of")],
     add(S, "  search: 0.1\n"))
case("parameters a value", 65, [("scenario.yaml:22:13", "parameters: a block of")],
     edit(S, "parameters:\n  search.almen_family: 0.1\n  search.owner: {2024: 0.05, 2025: 0.06}\n",
          "parameters: none\n"))
case("prices that may explode", 65, [("", "the loop of prices has a gain of 0.9")],
     arguments=["--set", "market.price_trend=0.85"])
case("schedule out of order", 65,
     [("scenario.yaml:24:30", "the year 2023 stands behind 2024; years ascend")],
     edit(S, "2025: 0.06", "2023: 0.06"))
case("schedule with a year twice", 65, [("scenario.yaml:24:30", '"2024" is given twice')],
     edit(S, "2025: 0.06", "2024: 0.06"))
case("schedule with an odd year", 65,
     [("scenario.yaml:24:30", "parameters.search.owner: 20255 is outside [1900, 2200] (year)")],
     edit(S, "2025: 0.06", "20255: 0.06"))
case("schedule with a wrong value", 65,
     [("scenario.yaml:24:36", "parameters.search.owner: 7 is outside [0, 1]")],
     edit(S, "2025: 0.06", "2025: 7"))
case("schedule in a schedule", 65, [("scenario.yaml:24:36", "a single value is needed for a year")],
     edit(S, "2025: 0.06", "2025: {2026: 1}"))
case("schedule without years", 65, [("scenario.yaml:24:17", "no year in {}")],
     edit(S, "{2024: 0.05, 2025: 0.06}", "{}"))

# ---- YAML ----
case("scenario not UTF-8", 65,
     [("scenario.yaml:1:8", 'byte \\xC6 is not UTF-8 (in Latin-1 it is "Æ"); save the file as UTF-8')],
     edit(S, "A small sound", b"\xc6 small sound"))
case("scenario with NUL", 65, [("scenario.yaml:1:9", "a NUL byte")],
     edit(S, "A small sound", b"A\0small sound"))
case("scenario in UTF-16", 65, [("scenario.yaml:1:1", "byte \\xFF is not UTF-8")],
     write(S, "start: 2024\n".encode("utf-16")))
case("scenario with a control character", 65,
     [("scenario.yaml:1:9", "the control character U+0007 may not be here")],
     edit(S, "A small sound", b"A\x07small sound"))
case("scenario with a right-to-left override", 65,
     [("scenario.yaml:1:9", "the control character U+202E may not be here")],
     edit(S, "A small sound", "A\u202esmall sound"))
case("scenario empty", 65, [("scenario.yaml:1:1", "the file holds nothing")], write(S, ""))
case("scenario of comments", 65, [("scenario.yaml:1:1", "the file holds nothing")],
     write(S, "# nothing yet\n"))
case("scenario past 4 MiB", 65, [("scenario.yaml", "is larger than the 4194304 bytes")],
     lambda folder: (folder / S).write_bytes(b"# " + b"x" * (4 << 20)))
case("text of 3 MB", 65, [("scenario.yaml:1:8", "a text of 3000000 bytes; at most 65536")],
     edit(S, "A small sound scenario", "x" * 3000000))
case("alias bomb", 65,
     [(f"scenario.yaml:{25 + i}:6", "anchors (&name) are not allowed") for i in range(9)]
     + [(f"scenario.yaml:{25 + i}:3", f'unknown parameter "{"abcdefghi"[i]}"') for i in range(9)],
     add(S, "  a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
         f"  {new}: &{new} [" + ", ".join(["*" + old] * 9) + "]\n"
         for old, new in zip("abcdefgh", "bcdefghi"))))
case("anchor", 65, [("scenario.yaml:23:24", "anchors (&name) are not allowed")],
     edit(S, "search.almen_family: 0.1", "search.almen_family: &rate 0.1"))
case("alias", 65, [("scenario.yaml:23:24", "aliases (*name) are not allowed")],
     edit(S, "search.almen_family: 0.1", "search.almen_family: *rate"))
case("tag", 65, [("scenario.yaml:3:8", "tags (!name) are not allowed")],
     edit(S, "years: 1", "years: !!int 1"))
case("merge key", 65, [("scenario.yaml:25:3", "merge keys (<<) are not allowed")],
     add(S, "  <<: {search.owner: 0.1}\n"))
case("second document", 65, [("scenario.yaml:25:1", "a second document (---)")],
     add(S, "---\nstart: 2025\n"))
case("directive", 65, [("scenario.yaml:1:1", "directives (%YAML, %TAG) are not allowed")],
     edit(S, "title:", "%YAML 1.1\n---\ntitle:"))
case("directive behind the document", 65, [("scenario.yaml:25:1", "directives (%YAML, %TAG)")],
     add(S, "%TAG !a! b\n---\nstart: 2025\n"))
case("text behind the document", 65, [("scenario.yaml:26:1", "this cannot stand behind")],
     add(S, "...\nyears: 3\n"))
case("too deep", 65, [("scenario.yaml:1:15", "more than 8 lists or maps inside each other")],
     edit(S, "title: A small sound scenario", "title: [[[[[[[[[[x]]]]]]]]]]"))
case("unclosed double quote", 65, [("scenario.yaml:1:8", "this quote is never closed")],
     edit(S, "A small sound scenario", '"A small sound scenario'))
case("unclosed single quote", 65, [("scenario.yaml:1:8", "this quote is never closed")],
     edit(S, "A small sound scenario", "'A small sound scenario"))
case("tab indentation", 65, [("scenario.yaml:23:1", "a tab; lines are indented with spaces")],
     edit(S, "  search.almen_family", "\tsearch.almen_family"))
case("wrong indentation", 65, [("scenario.yaml:24:16", "a colon where none can be: is the line indented")],
     edit(S, "  search.owner", "   search.owner"))
case("colon in a text", 65, [("scenario.yaml:1:13", "a colon where none can be")],
     edit(S, "A small sound scenario", "Fynbo: a study"))
case("text that begins with @", 65, [("scenario.yaml:1:8", "a text that begins with @ must")],
     edit(S, "A small sound scenario", "@home"))
case("line without a colon", 65, [("scenario.yaml:3:1", 'a line without "name: value"')],
     edit(S, "years: 1", "years"))
case("unclosed bracket", 65, [("scenario.yaml:25:1", 'is missing here')],
     edit(S, "2025: 0.06}", "2025: 0.06"))
case("1001 keys", 65, [("scenario.yaml:1001:1", "too many items")],
     write(S, "".join(f"a{i}: 1\n" for i in range(1001))))

# ---- files ----
case("scenario missing", 66, [("", "none.yaml")], path="none.yaml")
case("folder without a scenario", 66, [("", "scenario.yaml")], remove(S))
case("scenario a device", 65, [("", "/dev/zero: is not a regular file")], path="/dev/zero")
case("scenario's name", 65, [("a b.yaml", 'the scenario\'s name "a b" becomes a file name')],
     lambda folder: (folder / S).rename(folder / "a b.yaml"), path="case/a b.yaml")
case("scenario's name with an escape sequence", 65,
     [("\\x1B[31m.yaml", 'the scenario\'s name "\\x1B[31m"')],
     lambda folder: (folder / S).rename(folder / "\x1b[31m.yaml"), path="case/\x1b[31m.yaml")
case("extends in a circle", 65, [("a.yaml:1:10", 'extends: "scenario.yaml" extends this file')],
     edit(S, "title:", "extends: a.yaml\ntitle:"), write("a.yaml", "extends: scenario.yaml\n"))
case("extends itself", 65, [("scenario.yaml:1:10", 'extends: "scenario.yaml" extends this file')],
     edit(S, "title:", "extends: scenario.yaml\ntitle:"))
case("extends nothing", 66, [("scenario.yaml:1:10", 'extends: there is no file "none.yaml"')],
     edit(S, "title:", "extends: none.yaml\ntitle:"))
case("extends a number of files", 65, [("scenario.yaml:1:10", "extends: the name of a file")],
     edit(S, "title:", "extends: [a.yaml, b.yaml]\ntitle:"))
case("extends with a fault", 65, [("base.yaml:1:8", "years: 0 is outside [1, 200]")],
     edit(S, "title:", "extends: base.yaml\ntitle:"), write("base.yaml", "years: 0\n"))
case("extends a broken file", 65, [("base.yaml:2:1", "is missing here")],
     edit(S, "title:", "extends: base.yaml\ntitle:"), write("base.yaml", "years: [1\n"))
case("extends out of the tree", 65,
     [("scenario.yaml:1:10", 'extends: "../base.yaml" lies outside the scenario\'s folder')],
     edit(S, "title:", "extends: ../base.yaml\ntitle:"), write("../base.yaml", "years: 1\n"))
case("extends over a symlink out of the tree", 65,
     [("scenario.yaml:1:10", 'extends: "base.yaml" lies outside the scenario\'s folder')],
     edit(S, "title:", "extends: base.yaml\ntitle:"), write("../base.yaml", "years: 1\n"),
     link("base.yaml", "../base.yaml"))
case("absolute path", 65, [("scenario.yaml:8:13", '"/etc/passwd" is an absolute path')],
     edit(S, "sections: sections.csv", "sections: /etc/passwd"))
case("table out of the tree", 65,
     [("scenario.yaml:8:13", 'tables.sections: "../old.h5" lies outside the scenario\'s folder')],
     edit(S, "sections: sections.csv", "sections: ../old.h5"))
case("table over a symlink to a device", 65,
     [("scenario.yaml:8:13", '"sections.csv" lies outside')], remove(SECTIONS), link(SECTIONS, "/dev/zero"))
case("table a device", 65, [("scenario.yaml:8:13", "/dev/zero: is not a regular file")],
     edit(S, "sections: sections.csv", "sections: /dev/zero"), arguments=["--allow-outside"])
case("table a FIFO", 65, [("scenario.yaml:8:13", "case/sections.csv: is not a regular file")],
     remove(SECTIONS), fifo(SECTIONS))
case("table a folder", 65, [("scenario.yaml:8:13", "is not a regular file")],
     edit(S, "sections: sections.csv", "sections: ."), arguments=["--allow-outside"])
case("table missing", 66,
     [("scenario.yaml:8:13", 'tables.sections: there is no file "sections.csv"')], remove(SECTIONS))
case("table not named", 65, [("scenario.yaml:1:1", 'the model housing needs the table "sections"')],
     edit(S, "  sections: sections.csv\n", ""))
case("table unknown", 65,
     [("scenario.yaml:8:3", 'has no table "section"; did you mean "sections"?')],
     edit(S, "sections: sections.csv", "section: sections.csv"))
case("table's name empty", 65,
     [("scenario.yaml:8:12", "tables.sections: the name of a file is needed")],
     edit(S, "sections: sections.csv", "sections:"))
case("symlink to itself", 66,
     [("scenario.yaml:8:13", 'tables.sections: "sections.csv" cannot be opened')],
     remove(SECTIONS), link(SECTIONS, SECTIONS))

# ---- drivers ----
case("drivers missing", 66, [("scenario.yaml:21:10", 'drivers: there is no file "none.csv"')],
     edit(S, "drivers: drivers.csv", "drivers: none.csv"))
case("driver for an unknown parameter", 65,
     [("drivers.csv:2:1", 'unknown parameter "search.private"')],
     write(DRIVERS, "parameter,year,value\nsearch.private,2020,0.1\nsearch.private,2021,0.1\n"))
case("drivers with a year twice", 65,
     [("drivers.csv:3:1", '"search.private_rental, 2020" stands already in line 2')],
     edit(DRIVERS, "2024,0.28", "2020,0.28"))
case("driver out of range", 65,
     [("drivers.csv:3:28", "search.private_rental: 28 is outside [0, 5] (1/year)")],
     edit(DRIVERS, "0.28", "28"))
case("driver in another unit", 65,
     [("drivers.csv:3:33", 'unit: "percent" is not the unit of search.private_rental, which is')],
     edit(DRIVERS, "0.28,1/year", "0.28,percent"))
case("driver in an odd year", 65, [("drivers.csv:3:23", "year: 24 is outside [1900, 2200]")],
     edit(DRIVERS, "2024", "24"))

# ---- the command line ----
for name, text, code, message in (
        ("without =", "search.almen_family", 64, '"search.almen_family" is not "name=value"'),
        ("without a name", "=1", 64, '"=1" is not "name=value"'),
        ("unknown", "search.almen_famil=1", 65, 'unknown parameter "search.almen_famil"; did you mean'),
        ("unknown key", "year=3", 65, 'unknown name "year"; did you mean "years"?'),
        ("out of range", "search.almen_family=2", 65, "search.almen_family: 2 is outside [0, 1]"),
        ("decimal comma", "search.almen_family=0,1", 65, 'search.almen_family: "0,1" has a decimal comma'),
        ("seed past 32 bits", "seed=4294967296", 65, "seed: 4294967296 is outside"),
        ("model", "model=housing", 65, '"model" cannot be set here'),
        ("table", "tables=sections.csv", 65, '"tables" cannot be set here'),
        ("escape sequence", "title=\x1b[31m", 65, '"title=\\x1B[31m" holds control characters'),
        ("title of two lines", "title=a\nb", 65, "title: a line break or tab")):
    case("--set " + name, code, [("--set", message)], arguments=["--set", text])
case("--set with a year twice", 65, [("--set:1:11", '"2024" is given twice')],
     arguments=["--set", "search.almen_family={2024: 1, 2024: 1}"])
case("several --set", 65, [("--set", "years: 0 is outside"), ("--set", "seed: -1 is outside")],
     arguments=["--set", "years=0", "--set", "seed=-1"])

# ---- all at once, and too much ----
case("faults of five files", 65,
     [("scenario.yaml:3:8", "years: 0 is outside"),
      ("drivers.csv:3:28", "is outside [0, 5]"),
      ("scenario.yaml:23:24", "parameters.search.almen_family: 3 is outside"),
      ("municipalities.csv:3:33", "latitude: 554 is outside"),
      ("sections.csv:2:10", '"Hafnen" is not in the table areas'),
      ("sections.csv:4:41", "homes: -40 is outside"),
      ("households.csv:2:27", 'share: "x" is not a number')],
     edit(S, "years: 1", "years: 0"), edit(S, "almen_family: 0.1", "almen_family: 3"),
     edit(DRIVERS, "0.28", "28"), edit(M, "55.40", "554"),
     edit(SECTIONS, "Havnen,Havnens Bo", "Hafnen,Havnens Bo"),
     edit(SECTIONS, "almen_family,40,", "almen_family,-40,"),
     edit(H, "64,0.6", "64,x"))
case("more faults than fit", 65,
     [(f"municipalities.csv:{i}:1", "code: -1 is outside") for i in range(2, 66)]
     + [("", "... and 39 more")],
     write(M, "code,name,region,labour_market,longitude,latitude,population\n"
           + "".join(f"-1,town {i},Syddanmark,Fyn,10,55,1\n" for i in range(98))))
case("more memory than there is", 71, [("", "the run needs about")],
     edit(SECTIONS, "almen_family,120,118", "almen_family,4000000000,3999999999"),
     edit(M, "205978", "4100000000"), arguments=["--quiet"], commands=("run",))
case("more memory for results than there is", 71, [("", "the run needs about")],
     edit(S, "years: 1", "years: 200"), edit(S, "replicates: 1", "replicates: 10000"),
     add(M, "".join(f"{i},town {i},Syddanmark,Fyn,10,55,1,\n" for i in range(1, 400))),
     arguments=["--quiet"], commands=("run",))

# ---- the grid and the block model ----
GRID = "title: T\nmodel: schelling\nstart: 1971\nyears: 2\nparameters:\n"
BLOCKS = GRID.replace("schelling", "logit_blocks")
case("grid: radius too large", 65, [("scenario.yaml:7:21", "needs a grid of 9 x 9 cells")],
     write(S, GRID + "  schelling.rows: 8\n  schelling.radius: 4\n"))
case("grid: want no share", 65, [("scenario.yaml:6:19", "3 is outside [0, 1]")],
     write(S, GRID + "  schelling.want: 3\n"))
case("grid: nobody", 65, [("scenario.yaml:6:22", "gives no agent")],
     write(S, GRID + "  schelling.density: 0.0001\n"))
case("grid: no shares", 65, [("scenario.yaml:6:22", "all are 0")],
     write(S, GRID + "  schelling.share_1: 0\n  schelling.share_2: 0\n"))
case("grid: shape changes", 65, [("scenario.yaml:6:19", "cannot change during a run")],
     write(S, GRID + "  schelling.rows: {1971: 50, 1972: 60}\n"))
case("grid: unknown rule", 65, [("scenario.yaml:6:19", "schelling.rule")],
     write(S, GRID + "  schelling.rule: synchronous\n"))
case("blocks: full", 65, [("scenario.yaml:6:26", "6 agents in 2 blocks of 3 cells")],
     write(S, BLOCKS + "  logit_blocks.agents_1: 6\n"))
case("blocks: temperature changes", 65, [("scenario.yaml:6:37", "cannot change during a run")],
     write(S, BLOCKS + "  logit_blocks.inverse_temperature: {1971: 1, 1972: 2}\n"))
