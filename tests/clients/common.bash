# What the client tests share. Sourced with FLYT and FOLDER as $1 and $2.
flyt=$1
folder=$2
source_dir=${FLYT_SOURCE_DIR:?}

# A client that is not installed skips the test, unless FLYT_REQUIRE_CLIENTS=1.
missing() {
    echo "$1"
    [ "${FLYT_REQUIRE_CLIENTS:-0}" = 1 ] && exit 1
    exit 77
}

need_program() {
    command -v "$1" >/dev/null || missing "$1 is not installed: apt-get install $2"
}

# need_python PACKAGE MODULE...: sets $python to a python3 that has the modules.
need_python() {
    local package=$1 candidate
    shift
    for candidate in /usr/bin/python3 python3; do
        if "$candidate" -c "import $(IFS=,; echo "$*")" 2>/dev/null; then
            python=$candidate
            echo "using $(command -v "$candidate"): $("$candidate" --version)"
            return
        fi
    done
    missing "no python3 has $*: apt-get install $package"
}

# small_run [OPTION...]: a short run of Funen, small.h5.
small_run() {
    "$flyt" run "$source_dir/scenarios/fyn" -o small.h5 --quiet --replicates 2 --set years=2 --set standstill.months=0 "$@"
}

# small_copy: the small.h5 that the test clients_small has made, to do with what one likes.
small_copy() {
    cp ../small/small.h5 .
}
