terraform {
  required_version = ">= 1.5.0"
  required_providers {
    azuread = {
      source  = "hashicorp/azuread"
      version = "3.7.0"
    }
    azurerm = {
      source  = "hashicorp/azurerm"
      version = "4.55.0"
    }
  }
  backend "local" {
    path = "../../../terraform.demo-identity-aksdemo2.tfstate"
  }
}

variable "now" {
  description = "Plan for this time instead of the present: RFC 3339 in UTC, such as 2026-01-31T00:00:00Z."
  type        = string
  default     = ""
  validation {
    condition     = var.now == "" || can(regex("^2(0[2-9]|[1-9][0-9])[0-9]-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$", var.now))
    error_message = "now must be empty or a time in UTC from 2020 on, such as 2026-01-31T00:00:00Z."
  }
}

variable "active_slot" {
  description = "Slot that the cluster gets instead of the scheduled one, to revoke a password."
  type        = number
  default     = -1
  validation {
    condition     = var.active_slot >= -1 && var.active_slot < 4 && floor(var.active_slot) == var.active_slot
    error_message = "active_slot must be a slot from 0 to 3, or -1 for the scheduled one."
  }
}

# Days since 2000-01-01, as a Julian day number: https://en.wikipedia.org/wiki/Julian_day
locals {
  time        = coalesce(var.now, plantimestamp())
  year        = tonumber(formatdate("YYYY", local.time))
  month       = tonumber(formatdate("M", local.time))
  day         = tonumber(formatdate("D", local.time))
  march_month = (local.month + 9) % 12
  march_year  = local.year + 4800 - floor((14 - local.month) / 12)
  days        = local.day + floor((153 * local.march_month + 2) / 5) + 365 * local.march_year + floor(local.march_year / 4) - floor(local.march_year / 100) + floor(local.march_year / 400) - 32045 - 2451545
}

# Every 30 days one of four passwords is replaced. The one that was new a period ago is in use.
locals {
  epoch                = "2000-01-01T00:00:00Z"
  slots                = 4
  period_hours         = 720
  generation           = floor(local.days / 30)
  active_slot          = var.active_slot >= 0 ? var.active_slot : (local.generation - 1) % local.slots
  active_key           = local.generation - (local.generation - local.active_slot) % local.slots
  apply_before         = timeadd(local.epoch, format("%dh", (local.active_key + local.slots) * local.period_hours))
  expires              = timeadd(local.epoch, format("%dh", (local.active_key + local.slots + 1) * local.period_hours))
  checked_apply_before = local.apply_before
  checked_expires      = local.expires
}

data "terraform_remote_state" "registry" {
  backend = "local"
  config = {
    path = "../../../terraform.demo-registry.tfstate"
  }
  workspace = terraform.workspace
}

provider "azuread" {
  environment = "global"
  use_cli     = true
}

provider "azurerm" {
  environment                     = "public"
  resource_provider_registrations = "none"
  use_cli                         = true
  features {}
}

data "azuread_client_config" "caller" {}

resource "azuread_application" "pull" {
  display_name            = "acr-sp-demo"
  owners                  = [data.azuread_client_config.caller.object_id]
  prevent_duplicate_names = true
  lifecycle {
    ignore_changes = [owners]
  }
}

resource "azuread_service_principal" "pull" {
  client_id = azuread_application.pull.client_id
  owners    = [data.azuread_client_config.caller.object_id]
  lifecycle {
    ignore_changes = [owners]
  }
}

resource "azuread_application_password" "slot" {
  count          = local.slots
  application_id = azuread_application.pull.id
  display_name   = "slot-${count.index}"
  end_date       = timeadd(local.epoch, format("%dh", (local.generation - (local.generation - count.index) % local.slots + local.slots + 1) * local.period_hours))
  lifecycle {
    create_before_destroy = true
  }
}

resource "azurerm_role_assignment" "pull" {
  scope                = data.terraform_remote_state.registry.outputs.id
  role_definition_name = "AcrPull"
  principal_id         = azuread_service_principal.pull.object_id
  principal_type       = "ServicePrincipal"
}

check "pull_credential_is_current" {
  assert {
    condition     = timecmp(timeadd(local.time, "168h"), local.checked_apply_before) < 0
    error_message = "The pull credential is due: apply the identity stack, then the workload stack, before ${local.checked_apply_before}. From ${local.checked_expires} on the registry refuses it, and new pods end in ImagePullBackOff."
  }
}

output "username" {
  description = "User name of the pull."
  value       = azuread_application.pull.client_id
}

output "password" {
  description = "Password of the pull."
  value       = azuread_application_password.slot[local.active_slot].value
  sensitive   = true
}

output "expires" {
  description = "From then on the registry refuses the password that the cluster holds."
  value       = local.expires
}

output "apply_before" {
  description = "Apply identity, then workload, again until then."
  value       = local.apply_before
}
