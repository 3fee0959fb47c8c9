#!/usr/bin/env bash
# Copyright 2026 The Perfload Authors
# SPDX-License-Identifier: Apache-2.0
#
# What Maven runs for this module:
#   web.sh build   installs what package-lock.json names and builds target/classes/web, each only if something changed
#   web.sh check   format, types, lint, tests
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

least_node=20.19
lock=package-lock.json
installed=node_modules/.installed-lock   # the lock file and node version of the last complete install
built=target/classes/web/index.html
sources=(src public build index.html vite.config.ts package.json "$lock" tsconfig.json tsconfig.base.json)

need_node() {
  if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
    echo "The web client is built with Node.js $least_node or newer and its npm, and $(missing) is not on the PATH. Install it, then build again." >&2
    exit 1
  fi
  if ! node -e '
    const [have, need] = [process.versions.node, process.argv[1]].map((v) => v.split(".").map(Number));
    process.exit(have[0] > need[0] || (have[0] === need[0] && have[1] >= need[1]) ? 0 : 1)' "$least_node"; then
    echo "The web client is built with Node.js $least_node or newer; the one on the PATH is $(node --version). Install a newer one, then build again." >&2
    exit 1
  fi
}

missing() {
  command -v node >/dev/null && echo npm || echo node
}

lock_and_node() {
  node --version
  cat "$lock"
}

install() {
  if [[ -f $installed ]] && lock_and_node | cmp -s - "$installed"; then
    return
  fi
  echo "Installing the web client's packages (npm ci) ..."
  npm ci --no-audit --no-fund --loglevel=error
  lock_and_node >"$installed"
}

build() {
  if [[ -f $built && -z $(find "${sources[@]}" -newer "$built" -print -quit) ]]; then
    echo "The web client is up to date."
    return
  fi
  npm run --silent build -- --logLevel warn
  touch "$built"
  echo "Built the web client into ${built%/*}."
}

need_node
install
case ${1:-} in
  build) build ;;
  check) npm run --silent check ;;
  *) echo "usage: web.sh build|check" >&2; exit 2 ;;
esac
