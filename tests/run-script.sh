#!/usr/bin/env bash
# run-script.sh SCRIPT FLYT FOLDER: runs a test script in an empty folder of its own.
set -eu
script=$1 flyt=$2 folder=$3
rm -rf "$folder"
mkdir -p "$folder"
cd "$folder"
exec bash "$script" "$flyt" "$folder"
