# shellcheck shell=bash disable=SC2016 # what is in single quotes is JavaScript
# What plan.sh, apply.sh, destroy.sh and lock.sh share. They run from the project's folder, after `npm run synth`, with
# bash 4.4 or later, node, and Terraform or what TERRAFORM_BINARY_NAME says.

export TF_IN_AUTOMATION=1

# Each Terraform with its providers takes some hundred megabytes.
readonly SIDE_BY_SIDE=6
# Holds secrets as states do: it is never published, and goes with the run that made it.
readonly PLAN=pipeline.tfplan

# The log of the job; what a stack says comes in one piece when it has ended.
exec 3>&1

# terraform_in stack argument...
terraform_in() {
  "${TERRAFORM_BINARY_NAME:-terraform}" -chdir="cdktf.out/stacks/$1" "${@:2}"
}

# waves [pattern...]: a line for each wave, of stacks that match one of the patterns; without patterns all of them.
waves() {
  node -e '
    const [, ...patterns] = process.argv;
    const { waves } = JSON.parse(fs.readFileSync("cdktf.out/run-order.json", "utf8"));
    const matches = (stack) => (pattern) => new RegExp(`^${pattern.replaceAll("*", ".*")}$`).test(stack);
    const chosen = waves.map((wave) => wave.filter((stack) => patterns.length === 0 || patterns.some(matches(stack))));
    const lines = chosen.filter((wave) => wave.length > 0).map((wave) => wave.join(" "));
    if (lines.length > 0) {
      console.log(lines.join("\n"));
    } else {
      console.error(`no stack matches ${patterns.join(" or ")}, there are ${waves.flat().join(", ")}`);
      process.exitCode = 1;
    }
  ' "$@"
}

# in_waves function: calls it for each stack of the waves on standard input. After a wave with a failure no other begins.
in_waves() {
  local wave
  while read -r wave; do
    # shellcheck disable=SC2086 # names of stacks have no spaces
    side_by_side "$1" $wave
  done
}

# side_by_side function stack...: calls it for all stacks at the same time, and fails when all have ended where one failed.
side_by_side() {
  local folder stack failed=()
  folder=$(mktemp -d)
  for stack in "${@:2}"; do
    while (($(jobs -rp | wc -l) >= SIDE_BY_SIDE)); do sleep 0.2; done
    attempt "$1" "$stack" "$folder" &
  done
  wait
  for stack in "${@:2}"; do
    # Not by process ids: in a wave of a thousand stacks they come again.
    if [[ ! -e $folder/$stack.succeeded ]]; then failed+=("$stack"); fi
  done
  rm -r "$folder"
  if ((${#failed[@]} == 0)); then return; fi
  echo "failed: ${failed[*]}" >&2
  return 1
}

# attempt function stack folder: calls it, says what it said, and leaves a file in the folder where it succeeded.
attempt() {
  "$1" "$2" >"$3/$2.log" 2>&1 </dev/null &
  if wait $!; then touch "$3/$2.succeeded"; fi
  rm -f "cdktf.out/stacks/$2/$PLAN"
  until mkdir "$3/speaks" 2>/dev/null; do sleep 0.1; done
  echo "== $2"
  cat "$3/$2.log"
  rmdir "$3/speaks"
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
  terraform_in "$1" plan -input=false -no-color -detailed-exitcode -out="$PLAN" "${@:2}"
}

# plan_and_apply stack [option of plan...]
plan_and_apply() {
  local status=0
  prepare "$1"
  plan "$@" || status=$?
  case $status in
    0) ;;
    2) terraform_in "$1" apply -input=false -no-color "$PLAN" ;;
    *) return "$status" ;;
  esac
}
