# Sourced by tests of commands that refuse. Needs $flyt.

# refuses CODE WORD ARGS...: flyt ARGS ends with CODE and says WORD; leaves out.txt, err.txt.
refuses() {
    local code=$1 word=$2 found=0
    shift 2
    "$flyt" "$@" >out.txt 2>err.txt || found=$?
    [ "$found" -eq "$code" ] || { echo "exit $found for $*"; cat err.txt; exit 1; }
    grep -q -- "$word" err.txt || { echo "no '$word' for $*"; cat err.txt; exit 1; }
}
