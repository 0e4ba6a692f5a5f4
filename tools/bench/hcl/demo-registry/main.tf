terraform {
  required_version = ">= 1.5.0"
  required_providers {
    azurerm = {
      source  = "hashicorp/azurerm"
      version = "4.55.0"
    }
  }
  backend "local" {
    path = "../../../terraform.demo-registry.tfstate"
  }
}

provider "azurerm" {
  environment                     = "public"
  resource_provider_registrations = "none"
  use_cli                         = true
  features {}
}

resource "azurerm_resource_group" "registry" {
  name     = "acr-rg2"
  location = "centralus"
  tags     = {}
}

resource "azurerm_container_registry" "registry" {
  name                = "acrdemo2ss"
  resource_group_name = azurerm_resource_group.registry.name
  location            = "centralus"
  sku                 = "Basic"
  admin_enabled       = false
  tags                = {}
}

output "id" {
  description = "Scope of the roles of those who pull."
  value       = azurerm_container_registry.registry.id
}

output "name" {
  description = "Name of the registry."
  value       = azurerm_container_registry.registry.name
}

output "resource_group_name" {
  description = "Resource group of the registry."
  value       = azurerm_container_registry.registry.resource_group_name
}

output "login_server" {
  description = "Host name of the registry."
  value       = azurerm_container_registry.registry.login_server
}
