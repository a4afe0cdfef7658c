#!/usr/bin/env bash
# What bash completes: commands, options, words, figures, parameters and files, each as the program's
# own help tells them.
set -eu
flyt=$1
"$flyt" completion >made.sh
bash -n made.sh
command -v shellcheck >/dev/null && shellcheck -S warning -s bash made.sh
# shellcheck disable=SC1091 # made above
. ./made.sh
complete -p flyt | grep -q _flyt
mkdir -p folder
touch small.h5 'two words.h5' area.yaml counts.csv

# expect 'LINE' WORD...: completing the line gives exactly these words.
expect() {
    read -ra COMP_WORDS <<<"$1"
    [ "${1: -1}" = ' ' ] && COMP_WORDS+=('')
    COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
    _flyt
    shift
    diff <(printf '%s\n' "${COMPREPLY[@]}" | sort -u) <(printf '%s\n' "$@" | sort -u) ||
        { echo "completing: ${COMP_WORDS[*]}"; exit 1; }
}

mapfile -t commands < <("$flyt" --help --lang en | sed -n '/^Commands:/,/^$/s/^  \([a-z]\+\) .*/\1/p')
[ "${#commands[@]}" -gt 10 ]
expect 'flyt ' "${commands[@]}"
expect 'flyt va' validate
expect 'flyt --lang d' da
expect 'flyt --lang da va' validate
expect 'flyt run --repl' --replicates --replicate
expect 'flyt plot --format ' svg png pdf
expect 'flyt plot --format = p' png pdf # --format=p, as bash cuts it
expect 'flyt plot small.h5 de' decomposition
expect 'flyt plot two' 'two words.h5'
expect 'flyt verify s' small.h5
expect 'flyt run a' area.yaml
expect 'flyt run f' folder
expect 'flyt segregation c' counts.csv
expect 'flyt describe st' start
expect 'flyt run area.yaml --set letting.list_mo' letting.list_months_most=
expect 'flyt compare area.yaml flex' flexible_letting
expect 'flyt run --years ' ''

# every option of every help
for command in "${commands[@]}"; do
    mapfile -t options < <("$flyt" "$command" --help --lang en |
        grep -oP '^  (-\w,|   ) \K--[a-z0-9-]+' | sort -u)
    [ "${#options[@]}" -ge 6 ]
    expect "flyt $command --" "${options[@]}"
done
