#!/usr/bin/env bash
# The rules of docs/STYLE.md that a machine can check: who may use threads, HDF5, the heap, the disk
# and the terminal; the length of files; nothing that holds on one machine only; the README names
# nothing that is not there.
set -eu
shopt -s nullglob
cd "$FLYT_SOURCE_DIR"
work=$2
faults=0

sources=(sim/*.c sim/*.h models/*.c models/*.h models/policies/*.c output/*.c output/*.h)
[ "${#sources[@]}" -gt 10 ]

# Code without comments: text about a rule does not break it.
mkdir -p "$work/sim" "$work/models/policies" "$work/output"
printf '%s\n' "${sources[@]}" |
    xargs -P "$(nproc)" -I{} gcc -fpreprocessed -dD -E -w -x c {} -o "$work/{}"

# only TITLE PATTERN ALLOWED...: the pattern (grep -P) occurs in no file but those allowed.
only() {
    local title=$1 pattern=$2 file found searched=()
    shift 2
    for file in "${sources[@]}"; do
        case " $* " in *" $file "*) ;; *) searched+=("$file") ;; esac
    done
    if found=$(cd "$work" && grep -nP -- "$pattern" "${searched[@]}"); then
        printf '%s:\n%s\n' "$title" "$found"
        faults=1
    fi
}

cli=(sim/main.c sim/cli.c sim/cli.h sim/cli_*.c)
only "threads" '#\s*pragma\s+omp|\bomp_\w+\s*\(|\bpthread_\w+\s*\(' sim/par.c
only "the heap" '(?<![.>\w])(malloc|calloc|realloc|aligned_alloc|posix_memalign|strn?dup|v?asprintf|getline|free)\s*\(' \
    sim/arena.c
only "files opened for writing" \
    '\bO_(WRONLY|RDWR|CREAT)\b|\b(creat|mkstemp|freopen|rename|truncate)\s*\(|fopen\s*\([^;]*"[^"]*[wa+][^"]*"\s*\)' \
    sim/fileio.c
only "printing" '(?<![.>\w])(v?printf|puts|putchar|perror)\s*\(|\b(stdout|stderr)\b' "${cli[@]}"
only "exiting" '(?<![.>\w])(exit|quick_exit|abort)\s*\(' "${cli[@]}"
only "exp and log of the platform" '(?<![.>\w])(exp2?|expm1|log(2|10|1p)?|pow)f?\s*\(' sim/num.c
only "static variables that remember" '^\s+static\s+(?!const\b|inline\b)[^()]*(=|;)'

# a child of fork() may only leave by _exit
leaving=$(cd "$work" && grep -lP '(?<!\w)_exit\s*\(' "${sources[@]}") || true
for file in $leaving; do
    if ! grep -qP '\bv?fork\s*\(' "$work/$file"; then
        echo "exiting: $file calls _exit and has no fork"
        faults=1
    fi
done

if found=$(grep -nE '#[[:space:]]*include[[:space:]]*[<"](hdf5|H5|hdf5_hl)' "${sources[@]}" |
    grep -vE '^output/h5(_in)?\.c:'); then
    printf 'HDF5 is known to output/h5.c and output/h5_in.c alone:\n%s\n' "$found"
    faults=1
fi
models=(models/*.c models/*.h models/policies/*.c)
if [ "${#models[@]}" -gt 0 ] &&
    found=$(grep -nE '#include "(sim/(cli|csv|fileio)|output/(h5|plot|export))' "${models[@]}"); then
    printf 'models know no file format and no command line:\n%s\n' "$found"
    faults=1
fi

# every file that is the project's, built ones and results left out
mapfile -t files < <(find . -type f -not -path './build/*' -not -path './runs/*' \
    -not -path './.git/*' -not -path './.git' -not -name '*.pyc' | sort)
while read -r lines file; do
    case $file in
    *.c | *.h | *.sh | *.py | *.cmake | */CMakeLists.txt)
        if [ "$lines" -gt 500 ]; then
            echo "over 500 lines: $file has $lines"
            faults=1
        fi
        ;;
    esac
done < <(wc -l "${files[@]}")
if found=$(grep -nIE '/(wor[k]|roo[t])/|/tm[p]/bash|\.\./share[d]' "${files[@]}"); then
    printf 'paths of one machine:\n%s\n' "$found"
    faults=1
fi

# what the README names is there
if [ -f README.md ]; then
    while IFS= read -r path; do
        if [ ! -e "$path" ]; then
            echo "README.md names $path, which is not there"
            faults=1
        fi
    done < <(grep -oP '(?<![\w/])(tests|scripts|docs|scenarios|LICENSES)/[A-Za-z0-9_./-]*[A-Za-z0-9_/]' README.md |
        sort -u)
fi
exit "$faults"
