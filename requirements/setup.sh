#!/bin/sh
# Make the environment VENV with congvan and all that its development needs.
#   sh requirements/setup.sh VENV [PYTHON]
# Where no Python of 3.11 to 3.13 with venv is found, Debian's and Ubuntu's is installed if we are root; else one line says how.
set -eu
venv=$1
wanted=${2:-}

usable() {
  command -v "$1" >/dev/null 2>&1 &&
    "$1" -c 'import sys, ensurepip, venv; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null
}

find_python() {
  for python in ${wanted:-python3.11 python3.12 python3.13 python3}; do
    if usable "$python"; then echo "$python"; return; fi
  done
}

python=$(find_python)
if [ -z "$python" ] && [ -z "$wanted" ] && command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3 python3-venv >/dev/null
  python=$(find_python)
fi
if [ -z "$python" ]; then
  echo "congvan needs Python 3.11, 3.12 or 3.13 with venv: sudo apt-get install python3 python3-venv, or name one: make PYTHON=python3.12" >&2
  exit 1
fi
# Tesseract's Vietnamese model, with which the tests of scans run; without it they are skipped, with the reason
if [ ! -f /usr/share/tesseract-ocr/5/tessdata/vie.traineddata ] && command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends tesseract-ocr-vie >/dev/null; } ||
    echo "tesseract-ocr-vie could not be installed: tests of scans will be skipped" >&2
fi
"$python" -m venv "$venv"
pip() { "$venv/bin/python" -m pip install --quiet --disable-pip-version-check "$@"; }
pip --require-hashes -r requirements/dev.txt
pip --no-deps --no-build-isolation -e .
touch "$venv/.stamp"
