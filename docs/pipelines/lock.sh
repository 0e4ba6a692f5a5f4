#!/usr/bin/env bash
# usage: docs/pipelines/lock.sh [option of terraform providers lock...]
#
# Chooses the newest versions of all providers that the stacks accept, and writes them with their checksums to locks/, to be
# committed: the other scripts then install nothing else. To be run again when stacks require other providers or versions,
# and to take newer ones. Needs the registry of providers, or a mirror: -net-mirror=https://... or -fs-mirror=/absolute/path.
set -euo pipefail
# shellcheck source=SCRIPTDIR/waves.sh
source "$(dirname "$0")/waves.sh"

readonly PLATFORMS=(linux_amd64 linux_arm64 darwin_amd64 darwin_arm64 windows_amd64)

made=$PRIVATE
mkdir "$made/locks"

order=$(waves)
# shellcheck disable=SC2086 # names of stacks have no spaces
files=$(lock_files $order | sort -u -k 1,1)
while read -r file stack; do
  # What an earlier run chose would be kept.
  rm -f "cdktf.out/stacks/$stack/.terraform.lock.hcl"
  terraform_in "$stack" providers lock "${PLATFORMS[@]/#/-platform=}" "$@" </dev/null
  cp "cdktf.out/stacks/$stack/.terraform.lock.hcl" "$made/$file"
done <<<"$files"

rm -rf locks
mv "$made/locks" locks
