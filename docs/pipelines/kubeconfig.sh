#!/usr/bin/env bash
# usage: docs/pipelines/kubeconfig.sh resource-group cluster
#
# Adds an AKS cluster to ~/.kube/config, under its own name, with the login of the Azure CLI instead of credentials.
set -euo pipefail

if (($# != 2)); then
  echo "usage: docs/pipelines/kubeconfig.sh resource-group cluster" >&2
  exit 64
fi

# Application of the AKS server, the same in all tenants: https://azure.github.io/kubelogin/concepts/aks.html
readonly AKS_SERVER=6dae42f8-4368-4678-94ff-3960e28e3630

az aks get-credentials --resource-group "$1" --name "$2" --overwrite-existing
kubelogin convert-kubeconfig --login azurecli
# The assertion of a federated login ends in minutes, the token that is bought with it now lasts for an hour.
az account get-access-token --resource "$AKS_SERVER" --output none
