# shellcheck shell=bash disable=SC2016 # what is in single quotes is JavaScript
# What plan.sh, apply.sh, destroy.sh and lock.sh share. They run from the project's folder, after `npm run synth`, with
# bash 4.4 or later, node, and Terraform or what TERRAFORM_BINARY_NAME says.

export TF_IN_AUTOMATION=1

# Each Terraform with its providers takes some hundred megabytes.
readonly SIDE_BY_SIDE=6
# Saved plans and logs of stacks that run. Plans hold secrets as states do: only we can read them, and they go on every way out.
PRIVATE=$(mktemp -d)
readonly PRIVATE

# The log of the job; what a stack says comes in one piece when it has ended.
exec 3>&1
# Whoever reads the log may go away: that ends no stack in the middle of its work.
trap '' PIPE
# Every background job is a group of processes, which a signal from the terminal does not reach: it is for us to pass on.
set -m
trap 'leave' EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

# leave: ends what still runs, as Terraform wants it, by one signal and with the time that it takes, and shows what it said.
leave() {
  local status=$? group log
  trap '' HUP INT TERM
  for group in $(jobs -p); do kill -TERM -- "-$group" 2>/dev/null || true; done
  for group in $(jobs -p); do
    while kill -0 -- "-$group" 2>/dev/null; do sleep 0.1; done
  done
  for log in "$PRIVATE"/*.log; do
    if [[ -e $log ]]; then show "$(basename "$log" .log)" || true; fi
  done
  rm -rf "$PRIVATE"
  exit "$status"
}

# terraform_in stack argument...
terraform_in() {
  "${TERRAFORM_BINARY_NAME:-terraform}" -chdir="cdktf.out/stacks/$1" "${@:2}"
}

# waves [option...]: a line for each wave, of the stacks that --environment, --cluster and --kind choose; without them all.
waves() {
  CDKTF_OUTDIR=cdktf.out node "$(dirname "${BASH_SOURCE[0]}")/../../tools/acr-pull.cjs" order "$@"
}

# in_waves function: calls it for each stack of the waves on standard input. After a wave with a failure no other begins.
in_waves() {
  local wave
  while read -r wave; do
    if [[ $1 == plan_and_apply && " $wave" == *-workload-* ]]; then assert_pulls || return; fi
    # shellcheck disable=SC2086 # names of stacks have no spaces
    side_by_side "$1" $wave
  done
}

# assert_pulls: whether the registry lets in whoever has the passwords that identity stacks have just given. A rollout that cannot
# pull is not begun. CHECK_PULLS=no where this machine has no way to the registry.
assert_pulls() {
  if [[ ${CHECK_PULLS:-yes} == no ]]; then return; fi
  CDKTF_OUTDIR=cdktf.out node "$(dirname "${BASH_SOURCE[0]}")/../../tools/acr-pull.cjs" verify --issued --wait 300
}

# side_by_side function stack...: calls it for all stacks at the same time, and fails when all have ended where one failed.
side_by_side() {
  local stack failed=()
  for stack in "${@:2}"; do
    while (($(jobs -rp | wc -l) >= SIDE_BY_SIDE)); do sleep 0.2; done
    attempt "$1" "$stack" &
  done
  wait
  for stack in "${@:2}"; do
    # Not by process ids: in a wave of a thousand stacks they come again.
    if [[ ! -e $PRIVATE/$stack.succeeded ]]; then failed+=("$stack"); fi
  done
  if ((${#failed[@]} == 0)); then return; fi
  echo "failed: ${failed[*]}" >&2
  return 1
}

# attempt function stack: calls it, says what it said, and leaves a file where it succeeded.
attempt() {
  local work
  # A signal is for the whole group. bash hears it when the command that runs has ended, and begins no other.
  trap : TERM
  (
    trap 'exit 143' TERM
    "$1" "$2"
  ) >"$PRIVATE/$2.log" 2>&1 </dev/null &
  work=$!
  if wait "$work"; then touch "$PRIVATE/$2.succeeded"; fi
  while kill -0 "$work" 2>/dev/null; do wait "$work" || true; done
  rm -f "$(plan_of "$2")"
  until mkdir "$PRIVATE/speaks" 2>/dev/null; do sleep 0.1; done
  show "$2" || true
  rmdir "$PRIVATE/speaks"
}

# show stack: what it said, in one piece.
show() {
  { echo "== $1" && cat "$PRIVATE/$1.log"; } 2>/dev/null
  rm -f "$PRIVATE/$1.log"
}

# plan_of stack: the file of its saved plan.
plan_of() {
  echo "$PRIVATE/$1.tfplan"
}

# prepare stack: all that Terraform needs before it plans.
prepare() {
  local directory=cdktf.out/stacks/$1 flags=() lock
  if [[ ${CI:-${TF_BUILD:-}} ]] && keeps_state_in_file "$1"; then
    echo "$1 keeps its state in a file, which is lost with the runner: name another backend in the environment file" >&2
    return 1
  fi
  if [[ -d locks ]]; then
    lock=$(lock_files "$1" | cut -d " " -f 1) || return
    if [[ ! -f $lock ]]; then
      echo "$1 needs $lock, which is not there: run docs/pipelines/lock.sh and commit what it writes" >&2
      return 1
    fi
    cp "$lock" "$directory/.terraform.lock.hcl"
    flags=(-lockfile=readonly)
  fi
  terraform_in "$1" init -input=false -no-color "${flags[@]}" || return
  if grep -q '"kreuzwerker/docker"' "$directory/cdk.tf.json"; then push_credentials "${1%-images}"; fi
}

# lock_files stack...: a line for each, of the file with its providers' checksums and its name. Stacks that require the same
# providers in the same versions share a file.
lock_files() {
  node -e '
    const [, ...stacks] = process.argv;
    for (const stack of stacks) {
      const { terraform } = JSON.parse(fs.readFileSync(`cdktf.out/stacks/${stack}/cdk.tf.json`, "utf8"));
      const names = Object.keys(terraform.required_providers).sort();
      const required = names.map((name) => {
        const { source, version } = terraform.required_providers[name];
        return `${source} ${version}`;
      });
      const hash = crypto.createHash("sha256").update(required.join()).digest("hex").slice(0, 8);
      console.log(`locks/${[...names, hash].join("-")}.hcl ${stack}`);
    }
  ' "$@"
}

keeps_state_in_file() {
  node -e '
    const [, stack] = process.argv;
    const { terraform } = JSON.parse(fs.readFileSync(`cdktf.out/stacks/${stack}/cdk.tf.json`, "utf8"));
    process.exitCode = terraform.backend?.local ? 0 : 1;
  ' "$1"
}

# push_credentials environment: takes a token that is good for three hours. It is in variables of this process only.
push_credentials() {
  local registry token
  registry=$(registry_name "$1") || return
  token=$(az acr login --name "$registry" --expose-token --query accessToken --output tsv) || return
  # A provider's error can quote a password, so the log is told to hide this one where it can be told.
  if [[ ${GITHUB_ACTIONS:-} == true ]]; then echo "::add-mask::$token" >&3; fi
  if [[ ${TF_BUILD:-} == True ]]; then echo "##vso[task.setsecret]$token" >&3; fi
  export DOCKER_REGISTRY_USER=00000000-0000-0000-0000-000000000000 DOCKER_REGISTRY_PASS=$token
}

# registry_name environment: of the registry that its stack makes or finds.
registry_name() {
  node -p '
    const [, environment] = process.argv;
    const { resource, data } = JSON.parse(fs.readFileSync(`cdktf.out/stacks/${environment}-registry/cdk.tf.json`, "utf8"));
    Object.values(resource?.azurerm_container_registry ?? data.azurerm_container_registry)[0].name;
  ' "$1"
}

# plan stack [option...]: saves a plan. The status is 0 where it has no changes, 2 where it has, and 1 after an error.
plan() {
  terraform_in "$1" plan -input=false -no-color -detailed-exitcode -out="$(plan_of "$1")" "${@:2}"
}

# plan_and_apply stack [option of plan...]
plan_and_apply() {
  local status=0
  prepare "$1"
  plan "$@" || status=$?
  case $status in
    0) ;;
    2) terraform_in "$1" apply -input=false -no-color "$(plan_of "$1")" ;;
    *) return "$status" ;;
  esac
}
