#!/usr/bin/env bash
# describe lists every parameter and output variable in each form and language; check tells what a
# scenario holds.
set -eu
flyt=$1 fyn=$FLYT_SOURCE_DIR/scenarios/fyn sound=$FLYT_SOURCE_DIR/tests/cli/bad/sound

fail() {
    echo "$*"
    exit 1
}

for what in parameters outputs; do
    for lang in en da; do
        "$flyt" describe $what "$fyn" --format json --lang $lang >$what.$lang.json
        "$flyt" describe $what "$fyn" --format markdown --lang $lang >$what.$lang.md
        "$flyt" describe $what --lang $lang >$what.$lang.txt
    done
    cmp -s $what.en.json $what.da.json && fail "$what: no Danish"
done

python3 - <<'PY'
import json
import re

for what in ("parameters", "outputs"):
    english, danish = (json.load(open(f"{what}.{lang}.json", encoding="utf-8")) for lang in ("en", "da"))
    names = [row["name"] for row in english]
    assert names and len(set(names)) == len(names) and names == [row["name"] for row in danish]
    assert all(row["text"] for row in english + danish), what
    assert all(a["text"] != b["text"] for a, b in zip(english, danish)), what
    assert not [b for b in danish if b["unit"] in ("share", "persons", "1/year", "DKK/month")], what
    for lang in ("en", "da"):
        text = open(f"{what}.{lang}.txt", encoding="utf-8").read()
        rows = open(f"{what}.{lang}.md", encoding="utf-8").read().splitlines()
        assert all(re.search(rf"^{re.escape(name)} ", text, re.M) for name in names), what
        assert not re.search(" +$", text, re.M)
        rows = [row for row in rows if row.startswith("| ")]
        told = [re.sub(r"\\(.)", r"\1", row[2:].split(" |")[0]) for row in rows]
        assert [name for name in told if name in names] == names, (what, lang)
        assert len({len(re.findall(r"(?<!\\)\|", row)) for row in rows}) == 1
for row in json.load(open("parameters.en.json", encoding="utf-8")):
    if isinstance(row["range"], list):
        low, high = row["range"]
        assert low <= row["default"] <= high, row
        used = row["value"].values() if isinstance(row["value"], dict) else [row["value"]]
        assert all(low <= value <= high for value in used), row
    assert row["source"] and row["unit"] is not None, row
PY

"$flyt" check "$sound" --lang en >check.en
"$flyt" check "$sound" --lang da >check.da
grep -qx 'ok: A small sound scenario (model housing), 439 households, 1 year from 2024, 1 replicate, seed 7' check.en
grep -qx 'ok: A small sound scenario (modellen housing), 439 husstande, 1 år fra 2024, 1 gentagelse, frø 7' check.da
grep -q 'municipalities (3), organisations (2), areas (3), sections (5), places (3)' check.en
grep -q '^search.owner: 2024: 0.05, 2025: 0.06 (default ' check.en
"$flyt" check "$sound" --set start=2022 --lang en >early
grep -qx 'search.owner: no value for 2022, that of 2024 is used' early
grep -qx 'search.private_rental: no value for 2022, that of 2020 is used' early

"$flyt" describe parameters "$sound" --set search.almen_family=0.125 --lang en >"set"
grep -q '^search.almen_family  *0.125 ' set
for words in 'nothing' 'parameters --format xml' 'parameters --set years=3' ''; do
    code=0
    # shellcheck disable=SC2086 # the words are several arguments
    "$flyt" describe $words >out 2>err || code=$?
    [ $code -eq 64 ] && [ -s err ] && [ ! -s out ] || fail "describe $words: exit code $code"
done
if [ -w /dev/full ]; then
    code=0
    "$flyt" describe parameters >/dev/full 2>err || code=$?
    [ $code -eq 74 ] || fail "a full disk gave exit code $code"
fi

# what a policy does, serves and comes from
lift=$FLYT_SOURCE_DIR/scenarios/hypotheses/h1.yaml
"$flyt" describe policies "$lift" --lang en >policies.txt
grep -q '^social_lift.intake  *100 ' policies.txt
"$flyt" describe outputs "$lift" --lang en >outputs.txt
grep -q '^lift_taken_in ' outputs.txt
"$flyt" describe policies --lang en >policies.txt
grep -q "Hypotheses: H1, H2, H5\. Source: Boligliv i Balance" <(tr -s ' \n' ' ' <policies.txt)
"$flyt" describe policies --lang da --format markdown >politikker.md
grep -q "^Ganger odds for arbejde.* Kilde: Boligliv i Balance" politikker.md
