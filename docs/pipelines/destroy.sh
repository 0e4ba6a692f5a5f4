#!/usr/bin/env bash
# usage: docs/pipelines/destroy.sh pattern...
#
# Destroys the stacks that match a pattern, such as 'demo-*', in the reverse of the order in which they are applied.
set -euo pipefail
# shellcheck source=SCRIPTDIR/waves.sh
source "$(dirname "$0")/waves.sh"

if (($# == 0)); then
  echo "usage: docs/pipelines/destroy.sh pattern..., such as 'demo-*'" >&2
  exit 64
fi

plan_and_destroy() {
  plan_and_apply "$1" -destroy
}

order=$(waves "$@")
tac <<<"$order" | in_waves plan_and_destroy
