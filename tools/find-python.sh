#!/bin/sh
# Prints a Python 3.11 or newer that can make a virtual environment, or says what to install.
# 3.12 and 3.11 come first: for them a Redis server comes with the packages (x86-64 Linux).

can_venv() { "$1" -c 'import ensurepip, venv' >/dev/null 2>&1; }
new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

lacks_venv=""
for python in ${PYTHON:-python3.12 python3.11 python3.13 python3.14 python3}; do
    new_enough "$python" || continue
    if can_venv "$python"; then
        command -v "$python"
        exit 0
    fi
    lacks_venv="$python"
done

say() { printf '%s\n' "$*" >&2; }
if [ -n "$lacks_venv" ]; then
    say "Python is here ($lacks_venv), but not its venv part. This brings it:"
    say "    sudo apt-get install python3-venv"
elif [ -n "${PYTHON:-}" ]; then
    say "$PYTHON is not a Python 3.11 or newer that can be started."
elif [ "$(uname -s)" = Darwin ]; then
    say "Ally needs Python 3.11 or newer. This brings it:"
    say "    brew install python@3.12"
else
    say "Ally needs Python 3.11 or newer. This brings it (Debian 12, Ubuntu 24.04 or newer):"
    say "    sudo apt-get install python3 python3-venv"
fi
exit 1
