#!/usr/bin/env bash
# trace.sh FLYT WORKDIR: `flyt trace` keeps to the act, agrees with its own table of waits, is the same on
# any number of threads, and names what is wrong.
set -eu
flyt=$1
cd "$2"
tiny=$FLYT_SOURCE_DIR/scenarios/tiny
trace() { "$flyt" trace "$tiny" "$@" --quiet --lang en; }

every=(--set letting.municipal_share_listed=0.25)
trace 'Parken 01' 'Parken 03' --format csv --years 8 "${every[@]}" --threads 1 >lines.csv
trace 'Parken 01' 'Parken 03' --format csv --years 8 "${every[@]}" --threads 3 | cmp - lines.csv
trace --format csv --years 8 "${every[@]}" >waits.csv
python3 - <<'EOF'
import csv, statistics
lines = list(csv.DictReader(open("lines.csv")))
assert len({line["place"] for line in lines}) == 2, "a table a section"
waited = {}
for line in lines:
    n, offers, refusals = int(line["no."]), int(line["offers"]), int(line["refusals"])
    family = line["place"].endswith("(Almen family homes)")
    # act, section 59(1): every fourth vacancy of family homes, and only what may be claimed is
    assert (line["may claim"] == "yes") == (family and n % 4 == 0), line
    assert line["claimed"] == "no" or line["may claim"] == "yes", line
    assert line["channel"] != "Municipal assignment" or line["claimed"] == "yes", line
    assert refusals <= offers and (offers > 0) == (line["first offered"] != ""), line
    by_list = line["channel"] not in ("Advertised, other", "not let yet", "Rehousing",
                                      "Municipal assignment")
    if by_list:
        assert refusals < offers and line["taken by"] != "" and line["let in"] != "", line
        waited.setdefault(line["place"], []).append(int(line["waited, months"]))
assert sum(len(months) for months in waited.values()) > 10, "something is let by lists"
checked = []
for row in csv.DictReader(open("waits.csv")):
    place = f'{row["section"]} ({row["kind"]})'
    shown = [line for line in lines if line["place"] == place]
    if shown and len(shown) < 24:  # all its vacancies since the start are shown
        assert int(row["vacancies"]) == len(shown), row
        assert int(row["let by lists"]) == len(waited[place]), row
        assert float(row["median wait, months"]) == statistics.median(waited[place]), row
        checked.append(place)
assert checked, "no section had all its vacancies shown"
EOF

refused() { # CODE TEXT ARGS...
    local code=$1 text=$2 got=0
    shift 2
    "$flyt" trace "$@" --lang en >out.txt 2>err.txt || got=$?
    [ "$got" = "$code" ] && grep -q "$text" err.txt || { cat err.txt; echo "not refused: $*"; exit 1; }
}
refused 64 "did you mean Parken 01" "$tiny" "Parken 1"
refused 64 "did you mean Midtbyen 04" "$tiny" "Midtby"
refused 64 "NoSuchSection; without a section all almen ones are listed" "$tiny" NoSuchSection
refused 64 "no almen section" "$tiny" "Engen 18"
refused 64 "neither table nor csv" "$tiny" --format xml
refused 64 "cannot be traced" "$FLYT_SOURCE_DIR/scenarios/schelling.yaml"
"$flyt" trace "$tiny" 'Parken 01' --years 1 --quiet --lang da | grep -q "måde"
