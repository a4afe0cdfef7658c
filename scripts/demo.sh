#!/usr/bin/env bash
# scripts/demo.sh: from a bare Debian 12 to results: installs what is missing, builds Flyt, simulates
# Funen five times over and draws the pictures.
. "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

result=runs/fyn.h5

stage "Packages" need run build
stage "Build" build release
stage "Simulate" build/release/flyt run scenarios/fyn -o "$result" --replicates 5
touch build/before-plot
stage "Draw" build/release/flyt plot "$result"

say ""
say "Result:    $PWD/$result"
find runs -type f \( -name '*.svg' -o -name '*.png' -o -name '*.pdf' \) -newer build/before-plot |
    sort | while IFS= read -r picture; do
        say "Picture:   $PWD/$picture"
    done
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    say "To look:   xdg-open PICTURE"
else
    say "To look:   copy a picture to a machine with a screen; any browser shows it"
fi
say "To go on:  build/release/flyt --help"
