#!/usr/bin/env bash
# scripts/man-pages.sh FLYT FOLDER: manual pages from the help of the program FLYT, one of it and one
# of each command, into FOLDER (flyt.1, flyt-run.1, ...). Needs help2man. Run by cmake --install.
set -eu
if [ $# -ne 2 ] || [ ! -x "$1" ]; then
    echo "Usage: scripts/man-pages.sh FLYT FOLDER" >&2
    exit 64
fi
command -v help2man >/dev/null || {
    echo "help2man is not installed: apt-get install help2man" >&2
    exit 69
}
flyt=$1
folder=$2
mkdir -p "$folder"

# page NAME TITLE HELP: one page; HELP are the words that print it.
page() {
    help2man --no-info --section=1 --name="$2" --help-option="$3" --no-discard-stderr \
        --version-option='--version --lang en' --manual='Flyt' "$flyt" |
        sed -e "s/^\.TH [A-Z]*/.TH ${1^^}/" -e "s/^flyt \\\\- /$1 \\\\- /" >"$folder/$1.1"
    [ -s "$folder/$1.1" ]
}

page flyt 'simulate who moves where on the Danish housing market' '--help --lang en'
"$flyt" --help --lang en | sed -n '/^Commands:/,/^$/s/^  \([a-z]\+\) .*/\1/p' | while read -r name; do
    title=$("$flyt" "$name" --help --lang en | sed -n 3p)
    page "flyt-$name" "$title" "$name --help --lang en"
done
