#!/bin/sh
# The long shows: the fast tests on every other Python that is here, then a thousand documents into a catalogue,
# then 100 MB of text through a pipe, then two thousand mutated PDFs.
#   tests/soak.sh [PYTHON]     PYTHON is the interpreter of .venv, which `make check` tests already
set -eu
cd "$(dirname "$0")/.."
version_of() { "$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null || true; }
main=$(version_of .venv/bin/python)
[ -n "$main" ] || main=$(version_of "${1:-python3}")
failed=""

for wanted in 3.11 3.12 3.13; do
  [ "$wanted" = "$main" ] && continue
  found=""
  for python in "python$wanted" "$HOME"/.pyenv/versions/"$wanted".*/bin/python; do
    if [ "$(version_of "$python")" = "$wanted" ] && "$python" -c 'import ensurepip, venv' 2>/dev/null; then
      found=$python
      break
    fi
  done
  if [ -z "$found" ]; then
    echo "Python $wanted: not here, not tested"
    continue
  fi
  venv=.venv-$wanted
  if [ ! -f "$venv/.stamp" ] || [ requirements/dev.txt -nt "$venv/.stamp" ] || [ pyproject.toml -nt "$venv/.stamp" ]; then
    echo "Python $wanted: making $venv"
    "$found" -m venv --clear "$venv"
    "$venv/bin/python" -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/dev.txt
    "$venv/bin/python" -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
    touch "$venv/.stamp"
  fi
  echo "Python $wanted: tests"
  "$venv/bin/python" -m pytest -q -n 2 -m "not wheel and not slow" -p no:cacheprovider || failed="$failed $wanted"
done

.venv/bin/python tests/soak_import.py 1000 || failed="$failed import"
PYTHONPATH=. .venv/bin/python tests/soak_stream.py 20 100 || failed="$failed stream"
PYTHONPATH=. .venv/bin/python tests/soak_pdf.py 2000 || failed="$failed mutated-pdf"
[ -z "$failed" ] || { echo "failed:$failed"; exit 1; }
