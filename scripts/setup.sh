# Set-up of the checkout: .venv with the pinned packages, and Qt's system libraries.
# Sourced by the scripts beside it, never run. Bash 3.2 is enough (macOS).
# All it says goes to stderr: stdout belongs to the program that is started afterwards.
# shellcheck shell=bash
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
venv=$root/.venv
log=$venv/set-up.log

say() { printf '%s\n' "$*" >&2; }

die() {
    say "$@"
    exit 1
}

# A stamp is the text that set-up depended on. It is compared as it is: that needs no
# hash program, and reading two small files is faster than starting one.
packages_stamp() { # KIND
    printf '%s\n' "$root" "$("$venv/bin/python" --version 2>&1 || true)"
    cat "$root/pyproject.toml" "$root/constraints/$1.txt"
}

# The kind of display decides which libraries must be there, so each has its own stamp.
libraries=stamp-libraries${DISPLAY:+-x11}${WAYLAND_DISPLAY:+-wayland}

libraries_stamp() {
    uname -snm
    cat /etc/os-release "$root/scripts/qt_libraries.py" 2>/dev/null || true
    cat "$venv/stamp-run" 2>/dev/null || true
}

is_current() { # FILE STAMP...
    local file=$venv/$1
    shift
    [ -f "$file" ] && [ "$(cat "$file")" = "$("$@")" ]
}

put_stamp() { # FILE STAMP...
    local file=$venv/$1
    shift
    "$@" >"$file.new"
    mv -f "$file.new" "$file"
}

is_set_up() { # KIND
    is_current "stamp-$1" packages_stamp "$1" && is_current "$libraries" libraries_stamp
}

usable_python() { # COMMAND
    "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' >/dev/null 2>&1
}

find_python() {
    local candidate without_venv=
    if [ -n "${PYTHON:-}" ]; then
        usable_python "$PYTHON" || die "PYTHON=$PYTHON is not Python 3.11 to 3.14."
    fi
    for candidate in ${PYTHON:+"$PYTHON"} python3 python3.13 python3.12 python3.11; do
        usable_python "$candidate" || continue
        if "$candidate" -c 'import ensurepip, venv' >/dev/null 2>&1; then
            command -v "$candidate"
            return
        fi
        without_venv=${without_venv:-$candidate}
    done
    if [ -n "$without_venv" ]; then
        die "$without_venv lacks the modules venv and ensurepip." \
            "On Debian and Ubuntu: apt-get install python3-venv"
    fi
    die "Python 3.11 or newer is needed and was not found. Install it, or name it: PYTHON=/path/to/python3"
}

# The lock is on this file, by descriptor 9. It ends with the last process that has it open,
# pip included, however that ends, and leaves nothing behind. `flock` is not everywhere; Python is.
lock() { # PYTHON
    exec 9<"$root/scripts/setup.sh"
    "$1" -c 'import fcntl; fcntl.flock(9, fcntl.LOCK_EX | fcntl.LOCK_NB)' 2>/dev/null && return
    say "Another set-up of this checkout is running; waiting for it."
    "$1" -c 'import fcntl; fcntl.flock(9, fcntl.LOCK_EX)'
}

unlock() { exec 9<&-; }

logged() { # COMMAND...
    "$@" >>"$log" 2>&1 </dev/null && return
    tail -n 20 "$log" >&2
    die "Set-up failed at the step above. Everything that was printed is in .venv/set-up.log"
}

# .venv can be kept if it runs, lies where it was made, and no set-up broke off in it.
can_keep_venv() {
    [ ! -e "$venv/unfinished" ] && usable_python "$venv/bin/python" || return 1
    [ ! -e "$venv/root" ] || [ "$(cat "$venv/root")" = "$root" ] || return 1
    "$venv/bin/python" -c 'import pip' 2>/dev/null
}

make_venv() { # PYTHON
    say "  making .venv with $("$1" --version) ($1)"
    rm -rf "$venv"
    mkdir "$venv"
    : >"$venv/unfinished"
    printf '%s\n' "$root" >"$venv/root"
    logged "$1" -m venv "$venv"
}

install_packages() { # KIND PYTHON
    local pinned=$root/constraints/$1.txt
    can_keep_venv || make_venv "$2"
    : >"$venv/unfinished"
    rm -f "$venv"/stamp-*
    say "  installing $(grep -c == "$pinned" || true) pinned packages (minutes the first time, seconds later)"
    export PIP_USER=0 PIP_NO_INPUT=1 PIP_DISABLE_PIP_VERSION_CHECK=1
    local pip=("$venv/bin/python" -m pip install)
    # The list is complete. With dependencies looked up, pip 23 takes the newest version of what another
    # package wants with an extra (coverage[toml]), pinned or not, and then refuses it for lack of a hash.
    logged "${pip[@]}" --require-hashes --no-deps --only-binary :all: -r "$pinned"
    logged "$venv/bin/python" -m pip check
    logged "${pip[@]}" --no-build-isolation --no-deps -e "$root"
    logged "$venv/bin/python" -m compileall -q "$root/tray_auth_desktop" # the first start is as fast as the next
}

set_up_libraries() {
    say "  looking for the system libraries that Qt needs"
    (cd "$root" && "$venv/bin/python" -m scripts.qt_libraries </dev/null 1>&2) || exit 1
    put_stamp "$libraries" libraries_stamp
}

set_up() { # KIND: run or test; test holds all of run
    local kind=$1 python
    is_set_up "$kind" && return
    python=$(find_python)
    lock "$python"
    if ! is_set_up "$kind"; then
        say "Setting up the checkout (all that is printed goes to .venv/set-up.log)"
        if ! is_current "stamp-$kind" packages_stamp "$kind"; then
            install_packages "$kind" "$python"
            put_stamp stamp-run packages_stamp run
            [ "$kind" = run ] || put_stamp "stamp-$kind" packages_stamp "$kind"
            rm -f "$venv/unfinished"
        fi
        is_current "$libraries" libraries_stamp || set_up_libraries
        say "Set-up is done."
    fi
    unlock
}
