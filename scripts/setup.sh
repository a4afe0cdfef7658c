#!/usr/bin/env bash
# scripts/setup.sh [SECTION...]: installs what is missing of scripts/packages.txt ("run build" when
# nothing is named) and says what it does. Nothing missing: asks for no rights and touches nothing.
#
# The other scripts source this file for its functions. It changes to the project's folder.
set -eu
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() {
    printf '%s\n' "$*"
}

fail() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
    exit 1
}

# stage TITLE COMMAND...: runs a command and says how long it took.
stage() {
    local title=$1 start=$SECONDS
    shift
    say "== $title"
    "$@"
    say "   $title: $((SECONDS - start)) s"
}

packages_of() {
    local sections=" $* " section package _
    while read -r section package _; do
        case $sections in
        *" $section "*) say "$package" ;;
        esac
    done <scripts/packages.txt
}

# Those of the given packages that dpkg does not call installed.
missing_of() {
    local package
    for package in "$@"; do
        if [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" != installed ]; then
            say "$package"
        fi
    done
}

# need SECTION...: installs what is missing.
need() {
    local wanted missing root=()
    mapfile -t wanted < <(packages_of "$@")
    if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
        say "This is no Debian-like system, so nothing is installed. Needed, by their Debian names:"
        say "${wanted[*]}"
        return 0
    fi
    mapfile -t missing < <(missing_of "${wanted[@]}")
    if [ "${#missing[@]}" -eq 0 ]; then
        say "All ${#wanted[@]} packages needed are installed."
        return 0
    fi
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null ||
            fail "to go on, have an administrator run: apt-get install ${missing[*]}"
        root=(sudo)
    fi
    say "Installing ${#missing[@]} of ${#wanted[@]} Debian packages: ${missing[*]}"
    root+=(env DEBIAN_FRONTEND=noninteractive)
    "${root[@]}" apt-get update -qq </dev/null ||
        say "The package lists could not be renewed; trying with those at hand."
    "${root[@]}" apt-get install -qq -y --no-install-recommends -o Dpkg::Use-Pty=0 \
        "${missing[@]}" </dev/null >build/apt.log 2>&1 || {
        tail -n 20 build/apt.log >&2
        fail "the packages could not be installed (above: the end of build/apt.log). Is there a" \
            "network, and may this user install? By hand: apt-get install ${missing[*]}"
    }
}

# build PRESET [TARGET...]: configures and compiles a CMake preset into build/PRESET.
build() {
    local preset=$1
    shift
    mkdir -p build
    if ! cmake --preset "$preset" >"build/$preset.log" 2>&1; then
        cat "build/$preset.log" >&2
        fail "CMake could not configure the preset $preset (above: build/$preset.log)"
    fi
    ninja -C "build/$preset" --quiet "$@" || fail "compiling the preset $preset failed"
}

mkdir -p build
if [ "${BASH_SOURCE[0]}" = "$0" ]; then
    if [ $# -eq 0 ]; then
        need run build
    else
        need "$@"
    fi
fi
