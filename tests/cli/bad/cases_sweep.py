"""Bad sweep files: each is GOOD with one thing wrong, checked by `flyt sweep` and its --dry-run."""
from case import *  # noqa: F403: a case is written in these words

GOOD = """title: Good
scenario: scenario.yaml
plan: grid
replicates: 2
years: 1
factors:
  letting.claim: [0.2, 0.4]
"""
PLAN = "plan: grid"
FACTORS = "factors:\n  letting.claim: [0.2, 0.4]\n"
VALUES = "[0.2, 0.4]"


def sweep(name, faults, *edits, code=65, text=None):
    """Edits are pairs of texts, the first of which stands in GOOD once; or the whole text."""
    if text is None:
        text = GOOD
        for old, new in zip(edits[::2], edits[1::2]):
            assert text.count(old) == 1, (name, old)
            text = text.replace(old, new)
    if isinstance(faults, tuple):
        faults = [faults]
    case("sweep: " + name, code, [("sweep.yaml:" + place, message) for place, message in faults],
         write("sweep.yaml", text), path="case/sweep.yaml", commands=("sweep", "sweep --dry-run"))


def more(name, faults, text, **options):
    """GOOD with lines behind it."""
    sweep(name, faults, text=GOOD + text, **options)


def packages(plan, n, more=""):
    """A sweep of so many factors of two levels."""
    lines = "".join(f"  p{i}: {{a: {{}}, b: {{}}}}\n" for i in range(n))
    return f"scenario: scenario.yaml\nplan: {plan}\n{more}factors:\n{lines}"


def large(steps, more=""):
    """A grid of steps * steps points."""
    return (f"scenario: scenario.yaml\nplan: grid\n{more}factors:\n"
            f"  letting.claim: {{from: 0, to: 1, steps: {steps}}}\n"
            f"  search.almen_family: {{from: 0, to: 1, steps: {steps}}}\n")


sweep("empty", ("1:1", "the file holds nothing"), text="")
sweep("a list", ("1:1", 'a sweep file is a block of "name: value"'), text="- 1\n")
sweep("a word", ("1:1", 'a sweep file is a block of "name: value"'), text="hello\n")
sweep("unknown key", ("4:1", 'unknown key "replicats"; did you mean "replicates"? (allowed:'),
      "replicates", "replicats")
more("twice", ("8:1", '"years" is given twice; the first is in line 5'), "years: 2\n")
sweep("no plan", ("1:1", "plan: it is missing (grid, list, factorial, latin_hypercube,"),
      "plan: grid\n", "")
sweep("unknown plan", ("3:7", 'plan: there is no "gird"; did you mean "grid"? (allowed: grid,'),
      PLAN, "plan: gird")
sweep("plan a list", ("3:7", "plan: a single value is needed"), PLAN, "plan: [grid]")
sweep("no scenario", ("1:1", "scenario: the scenario that is varied is missing (scenario: fyn)"),
      "scenario: scenario.yaml\n", "")
sweep("unknown scenario", ("2:11", 'scenario: there is no scenario "nowhere.yaml", neither beside'),
      "scenario.yaml", "nowhere.yaml", code=66)
sweep("scenario outside",
      ("2:11", "scenario: \"../old.yaml\" leads out of the sweep file's folder;"),
      "scenario.yaml", "../old.yaml")
sweep("scenario absolute",
      ("2:11", "scenario: \"/etc/passwd\" leads out of the sweep file's folder;"),
      "scenario: scenario.yaml", "scenario: /etc/passwd")
sweep("scenario a list", ("2:11", "scenario: a single value is needed"),
      "scenario: scenario.yaml", "scenario: [scenario.yaml]")
sweep("title break", ("1:8", "title: a line break or tab; a title is one line"),
      "title: Good", 'title: "a\\nb"')
sweep("replicates 0", ("4:13", "replicates: 0 is outside [1, 10000] (worlds)"),
      "replicates: 2", "replicates: 0")
sweep("replicates frac", ("4:13", "replicates: 1.5 is not a whole number (worlds)"),
      "replicates: 2", "replicates: 1.5")
sweep("replicates word", ("4:13", 'replicates: "two" is not a number; a number from 1 to 10000 is'),
      "replicates: 2", "replicates: two")
sweep("replicates list", ("4:13", "replicates: a single value is needed"),
      "replicates: 2", "replicates: [1]")
sweep("replicates many", ("4:13", "replicates: 10001 is outside [1, 10000] (worlds)"),
      "replicates: 2", "replicates: 10001")
sweep("years 0", ("5:8", "years: 0 is outside [1, 200] (years)"), "years: 1", "years: 0")
sweep("years 1000", ("5:8", "years: 1000 is outside [1, 200] (years)"), "years: 1", "years: 1000")
more("seed neg", ("8:7", "seed: -1 is outside [0, 4294967295] (32 bits)"), "seed: -1\n")
more("sample 0", ("8:9", "sample: 0 is outside [1, 1000] (one home in so many)"), "sample: 0\n")
more("sample word", ("8:9", 'sample: "half" is not a number; a number from 1 to 1000 is'),
     "sample: half\n")
more("time", ("8:7", 'time: there is no "yearly"; did you mean "years"? (allowed:'),
     "time: yearly\n")
more("time list", ("8:7", "time: a single value is needed"), "time: [years]\n")
more("series unknown", ("8:10", 'series: there is no "housholds"; did you mean "households"?'),
     "series: [housholds]\n")
more("series word", ("8:9", "series: a list of names is needed, [households], or all"),
     "series: households\n")
more("series map", ("8:9", "series: a list of names is needed, [households], or all"),
     "series: {a: 1}\n")
more("series twice", ("8:22", 'series: "households" stands twice'),
     "series: [households, households]\n")
more("series empty", ("8:9", "series: a list of names is needed, [households], or all"),
     "series: []\n")
more("parameters list", ("8:13", 'parameters: a block of "group.name: value" is needed'),
     "parameters: [1]\n")
more("parameters unknown",
      ("9:3", 'unknown parameter "letting.clam"; did you mean "letting.claim"?'),
     "parameters:\n  letting.clam: 0.2\n")
more("parameters range", ("9:3", "letting.claim: 2 is outside [0, 1] (probability)"),
     "parameters:\n  letting.claim: 2\n")
more("parameters map", ("9:18", "letting.claim: a single value is needed; a schedule of years"),
     "parameters:\n  letting.claim: {2024: 1}\n")
more("parameter is factor",
      ("7:3", "letting.claim stands in parameters too: it either varies or is"),
     "parameters:\n  letting.claim: 0.3\n")
sweep("no factors", ("1:1", 'factors: a block of "name: [values]" is needed'), FACTORS, "")
sweep("factors list", ("6:10", 'factors: a block of "name: [values]" is needed'),
      FACTORS, "factors: [1]\n")
sweep("factors empty", ("6:10", 'factors: a block of "name: [values]" is needed'),
      FACTORS, "factors: {}\n")
sweep("unknown factor", [("7:18", 'unknown parameter "letting.clam"; did you mean "letting.claim"?'),
      ("7:23", 'unknown parameter "letting.clam"; did you mean "letting.claim"?')],
      "letting.claim", "letting.clam")
sweep("value out of range", ("7:24", "letting.claim: 1.4 is outside [0, 1] (probability)"),
      "0.4]", "1.4]")
sweep("value a word", ("7:24", 'letting.claim: "much" is not a number; a number from 0 to 1 is'),
      "0.4]", "much]")
sweep("value twice", ("7:24", 'letting.claim: "0.2" stands twice'), "0.4]", "0.2]")
sweep("value twice otherwise", ("7:24", 'letting.claim: "0.20" stands twice'), "0.4]", "0.20]")
sweep("value a block", ("7:24", "letting.claim: a single value is needed; a schedule of years"),
      "0.4]", "{2024: 1}]")
sweep("value empty", ("7:24", "letting.claim: a single value is needed; a schedule of years"),
      "0.4]", '""]')
sweep("values empty", ("7:18", "letting.claim: a list of values [0.1, 0.2], a range {from: 0.1,"),
      VALUES, "[]")
sweep("value single", ("7:18", "letting.claim: a list of values [0.1, 0.2], a range {from: 0.1,"),
      VALUES, "0.3")
sweep("range without to", ("7:18", 'letting.claim: "to" is missing: {from: 0.1, to: 0.3}'),
      VALUES, "{from: 0.2, steps: 3}")
sweep("range without from", ("7:18", 'letting.claim: "from" is missing: {from: 0.1, to: 0.3}'),
      VALUES, "{to: 0.2, steps: 3}")
sweep("range without steps",
      ("7:18", "letting.claim: a range in a grid needs steps: {from: 0.1, to:"),
      VALUES, "{from: 0.2, to: 0.4}")
sweep("range backwards", ("7:18", "letting.claim: from must be below to"),
      VALUES, "{from: 0.4, to: 0.2, steps: 3}")
sweep("range nothing", ("7:18", "letting.claim: from must be below to"),
      VALUES, "{from: 0.4, to: 0.4, steps: 3}")
sweep("range other key",
      ("7:39", 'letting.claim: a range has no "step" (allowed: from, to, steps)'),
      VALUES, "{from: 0.2, to: 0.4, step: 3}")
sweep("range word", ("7:25", 'letting.claim.from: "low" is not a number'),
      VALUES, "{from: low, to: 0.4, steps: 3}")
sweep("range comma", ("7:25", 'letting.claim.from: "0,2" has a decimal comma; write a point,'),
      VALUES, '{from: "0,2", to: 0.4, steps: 3}')
sweep("range out", ("7:34", "letting.claim: 1.4 is outside [0, 1] (probability)"),
      VALUES, "{from: 0.2, to: 1.4, steps: 3}")
sweep("range list", ("7:25", "letting.claim.from: a number is needed"),
      VALUES, "{from: [0.2], to: 0.4, steps: 3}")
sweep("range steps 1", ("7:46", "steps: 1 is outside [2, 10000] (values)"),
      VALUES, "{from: 0.2, to: 0.4, steps: 1}")
sweep("range steps word", ("7:46", 'steps: "few" is not a number; a number from 2 to 10000 is'),
      VALUES, "{from: 0.2, to: 0.4, steps: few}")
sweep("range steps list", ("7:46", "letting.claim.steps: a number is needed"),
      VALUES, "{from: 0.2, to: 0.4, steps: [3]}")
sweep("range of a switch", [("7:37", 'policies.flexible_letting: "0" is neither yes nor no (true,'),
      ("7:44", 'policies.flexible_letting: "1" is neither yes nor no (true,')],
      "letting.claim: [0.2, 0.4]", "policies.flexible_letting: {from: 0, to: 1, steps: 2}")
sweep("range of years", ("7:42", "policies.flexible_letting.from: 2024.5 is not a whole number"),
      "letting.claim: [0.2, 0.4]", "policies.flexible_letting.from: {from: 2024.5, to: 2025, steps: 2}")
sweep("steps in lhs", ("8:39", "letting.claim: steps belong to the plan grid, not to"),
      PLAN, "plan: latin_hypercube\npoints: 4", VALUES, "{from: 0.2, to: 0.4, steps: 3}")
sweep("lhs without points", ("1:1", "points: the plan latin_hypercube needs a number of points"),
      PLAN, "plan: latin_hypercube", VALUES, "{from: 0.2, to: 0.4}")
sweep("lhs points 0", ("4:9", "points: 0 is outside [1, 100000] (points)"),
      PLAN, "plan: latin_hypercube\npoints: 0", VALUES, "{from: 0.2, to: 0.4}")
sweep("lhs points word", ("4:9", 'points: "many" is not a number; a number from 1 to 100000 is'),
      PLAN, "plan: latin_hypercube\npoints: many", VALUES, "{from: 0.2, to: 0.4}")
sweep("lhs points list", ("4:1", "points: the plan latin_hypercube needs a number of points"),
      PLAN, "plan: latin_hypercube\npoints: [{}]", VALUES, "{from: 0.2, to: 0.4}")
more("grid with points", ("8:1", "points: the plan grid has none; they belong to list,"),
     "points: 3\n")
more("grid with levels", ("8:1", "levels: the plan grid has none; they belong to morris"),
     "levels: 3\n")
sweep("morris odd levels", ("5:1", "levels: those of the plan morris are even, 3 is not"),
      PLAN, "plan: morris\npoints: 4\nlevels: 3", VALUES, "{from: 0.2, to: 0.4}")
sweep("morris levels 1", ("5:9", "levels: 1 is outside [2, 100] (levels)"),
      PLAN, "plan: morris\npoints: 4\nlevels: 1", VALUES, "{from: 0.2, to: 0.4}")
sweep("sobol too many", ("4:1", "factors: the plan sobol has at most 20"),
      text=packages("sobol", 21, "points: 2\n"))
sweep("factorial three", ("7:18", "letting.claim: a factorial plan has two levels of each factor,"),
      PLAN, "plan: factorial", "0.4]", "0.4, 0.5]")
sweep("factorial 30", ("3:1", "factors: more than 1000000 combinations"),
      text=packages("factorial", 30))
sweep("too many factors", ("68:3", "factors: more than 64"),
      text=packages("grid", 65))
sweep("grid million", ("3:1", "factors: more than 1000000 combinations"),
      text=large(2000))
sweep("too many runs", ("3:1", "replicates: that makes 10000000000 runs, more than 10000000"),
      text=large(1000, "replicates: 10000\n"))
sweep("list without points",
      ("1:1", "points: the plan list needs a list of blocks: - {letting.claim:"),
      "plan: grid\n", "plan: list\n", FACTORS, "")
sweep("list number", ("4:9", "points: the plan list needs a list of blocks: - {letting.claim:"),
      "plan: grid\n", "plan: list\npoints: 3\n", FACTORS, "")
sweep("list with factors", ("7:1", "factors: the plan list has none; they belong to grid,"),
      "plan: grid\n", "plan: list\npoints: [{}]\n")
sweep("list of words", ("4:10", "points: a block of settings is needed: {letting.claim: 0.3}, or"),
      "plan: grid\n", "plan: list\npoints: [a]\n", FACTORS, "")
sweep("list empty", ("4:9", "points: the plan list needs a list of blocks: - {letting.claim:"),
      "plan: grid\n", "plan: list\npoints: []\n", FACTORS, "")
sweep("list unknown", ("4:25", 'unknown parameter "letting.clam"; did you mean "letting.claim"?'),
      "plan: grid\n", "plan: list\npoints: [{letting.clam: 1}]\n", FACTORS, "")
sweep("list out", ("4:26", "letting.claim: 2 is outside [0, 1] (probability)"),
      "plan: grid\n", "plan: list\npoints: [{letting.claim: 2}]\n", FACTORS, "")
sweep("list block", ("4:26", "letting.claim: a single value is needed; a schedule of years"),
      "plan: grid\n", "plan: list\npoints: [{letting.claim: [1]}]\n", FACTORS, "")
sweep("list twice", ("4:31", '"letting.claim" is given twice; the first is in line 4'),
      "plan: grid\n", "plan: list\npoints: [{letting.claim: 0.1, letting.claim: 0.2}]\n", FACTORS, "")
sweep("package slash", ("7:3", "factors: a name has at most 100 characters, no slash and no"),
      "letting.claim: [0.2, 0.4]", "a/b: {x: {}, y: {letting.claim: 0.3}}")
sweep("package dot", ("7:3", "factors: a name has at most 100 characters, no slash and no"),
      "letting.claim: [0.2, 0.4]", '".": {x: {}, y: {letting.claim: 0.3}}')
sweep("package unknown",
      ("7:32", 'unknown parameter "letting.clam"; did you mean "letting.claim"?'),
      "letting.claim: [0.2, 0.4]", "p: {x: {}, y: {letting.clam: 0.3}}")
sweep("package out", ("7:33", "letting.claim: 3 is outside [0, 1] (probability)"),
      "letting.claim: [0.2, 0.4]", "p: {x: {}, y: {letting.claim: 3}}")
sweep("package word", ("7:17", "y: a block of settings is needed, {letting.claim: 0.3}, or {}"),
      "letting.claim: [0.2, 0.4]", "p: {x: {}, y: some}")
sweep("package list", ("7:17", "y: a block of settings is needed, {letting.claim: 0.3}, or {}"),
      "letting.claim: [0.2, 0.4]", "p: {x: {}, y: [1]}")
sweep("factor tells twice", ("8:14", "letting.claim is set by the factor letting.claim too: one"),
      "letting.claim: [0.2, 0.4]", "letting.claim: [0.2, 0.4]\n  p: {x: {}, y: {letting.claim: 0.3}}")
sweep("scenario factor unknown",
      ("7:29", 'scenario: there is no scenario "nowhere", neither beside this'),
      "letting.claim: [0.2, 0.4]", "scenario: [scenario.yaml, nowhere]", code=66)
sweep("scenario factor other years",
      ("1:1", 'scenario: "tiny" has another model, other places, years or'),
      "letting.claim: [0.2, 0.4]", "scenario: [scenario.yaml, tiny]")
sweep("anchor", ("7:18", "anchors (&name) are not allowed; write the value where it is"),
      VALUES, "&a [0.2, 0.4]")
sweep("tab", ("7:1", "a tab; lines are indented with spaces"), "  letting", "\tletting")
sweep("unclosed", ("8:1", '"," or "]" is missing here'), VALUES, "[0.2, 0.4")
sweep("deep", ("7:24", "more than 8 lists or maps inside each other"),
      VALUES, "[[[[[[[[[1]]]]]]]]]")
sweep("not utf8", ("1:9", 'byte \\xE6 is not UTF-8 (in Latin-1 it is "æ"); save the file as'),
      text=GOOD.replace("Good", "G\u00e6").encode("latin-1"))
sweep("nul", ("1:9", "a NUL byte: this is no text file (or it is UTF-16)"),
      "title: Good", "title: G\x00d")
sweep("policy both", ("7:35", 'policies.flexible_letting: "maybe" is neither yes nor no (true,'),
      "letting.claim: [0.2, 0.4]", "policies.flexible_letting: [no, maybe]")
sweep("policy from after to", ("7:3", "point 0 (policies.flexible_letting.from=2030,"),
      "letting.claim: [0.2, 0.4]", "policies.flexible_letting.from: [2030]\n"
      "  policies.flexible_letting.to: [2025]")
