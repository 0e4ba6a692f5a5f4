#!/usr/bin/env bash
# usage: docs/pipelines/destroy.sh --environment name [--cluster key] [--kind kind]
#
# Destroys the stacks that the options choose, in the reverse of the order in which they are applied.
set -euo pipefail
# shellcheck source=SCRIPTDIR/waves.sh
source "$(dirname "$0")/waves.sh"

if (($# == 0)); then
  echo "usage: docs/pipelines/destroy.sh --environment name [--cluster key] [--kind kind]" >&2
  exit 64
fi

plan_and_destroy() {
  plan_and_apply "$1" -destroy
}

order=$(waves --reverse "$@")
in_waves plan_and_destroy <<<"$order"
