#!/usr/bin/env bash
# usage: docs/pipelines/apply.sh [--environment name] [--cluster key] [--kind kind]
#
# Plans stacks and applies the saved plans: wave by wave, since a stack can be planned when those before it are applied, and
# the stacks of a wave side by side. After a wave with a failure no other begins. The options, which may be repeated, choose
# stacks, as for `acr-pull order`.
set -euo pipefail
# shellcheck source=SCRIPTDIR/waves.sh
source "$(dirname "$0")/waves.sh"

order=$(waves "$@")
in_waves plan_and_apply <<<"$order"
