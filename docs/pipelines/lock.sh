#!/usr/bin/env bash
# usage: docs/pipelines/lock.sh
#
# Writes the checksums of all providers to locks/<stack>.hcl, to be committed: the other scripts then install nothing else.
# To be run again when stacks or versions of providers change. Needs the network.
set -euo pipefail
# shellcheck source=SCRIPTDIR/waves.sh
source "$(dirname "$0")/waves.sh"

order=$(waves '*')
rm -rf locks
mkdir locks
for stack in $order; do
  terraform_in "$stack" providers lock -platform=linux_amd64 -platform=linux_arm64 -platform=darwin_arm64
  cp "cdktf.out/stacks/$stack/.terraform.lock.hcl" "locks/$stack.hcl"
done
