#!/usr/bin/env bash
# usage: docs/pipelines/plan.sh [--environment name] [--cluster key] [--kind kind]
#
# Plans stacks and applies nothing. What each plan would change is in cdktf.out/plans/<stack>.txt afterwards, without secrets,
# to be published for a review. A stack that cannot be planned since one before it has changes to be applied says so there;
# any other error fails.
# shellcheck disable=SC2016 # what is in single quotes is JavaScript
set -euo pipefail
# shellcheck source=SCRIPTDIR/waves.sh
source "$(dirname "$0")/waves.sh"

rm -rf cdktf.out/plans
mkdir -p cdktf.out/plans
pending=$PRIVATE/pending
mkdir "$pending"

review() {
  local status=0 earlier
  # No lock: the plan is not applied, and who reviews needs no right to write states.
  (prepare "$1" && plan "$1" -lock=false) || status=$?
  if ((status == 0 || status == 2)); then terraform_in "$1" show -no-color "$(plan_of "$1")" >"cdktf.out/plans/$1.txt"; fi
  if ((status == 0)); then return; fi
  touch "$pending/$1"
  if ((status == 2)); then return; fi
  earlier=$(pending_before "$1")
  if [[ ! $earlier ]]; then return "$status"; fi
  echo "$1 can be planned when these are applied: $earlier" | tee "cdktf.out/plans/$1.txt"
}

# pending_before stack: those that it depends on and that have changes.
pending_before() {
  node -p '
    const { stacks } = JSON.parse(fs.readFileSync("cdktf.out/run-order.json", "utf8"));
    const [, stack, pending] = process.argv;
    stacks[stack].dependencies.filter((name) => fs.existsSync(`${pending}/${name}`)).join(" ")
  ' "$1" "$pending"
}

order=$(waves "$@")
in_waves review <<<"$order"
