#!/bin/sh
# What Debian and Ubuntu must have before `make setup`: a Python of 3.11 or newer with venv. Installs it where we are root,
# else says the one line that does.
set -eu
python=${1:-}
if [ -n "$python" ] && "$python" -c 'import ensurepip, venv' 2>/dev/null; then
  exit 0
fi
packages="python3 python3-venv"
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages >/dev/null
else
  echo "congvan needs Python 3.11 or newer with venv. On Debian and Ubuntu: sudo apt-get install $packages" >&2
  exit 1
fi
