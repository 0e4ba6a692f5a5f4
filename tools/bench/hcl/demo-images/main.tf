terraform {
  required_version = ">= 1.5.0"
  required_providers {
    docker = {
      source  = "kreuzwerker/docker"
      version = "3.6.2"
    }
  }
  backend "local" {
    path = "../../../terraform.demo-images.tfstate"
  }
}

variable "build_context" {
  description = "Folder of the Dockerfile, relative to this one."
  type        = string
}

variable "source_hash" {
  description = "Hash of the files in the build context: a new one builds and pushes."
  type        = string
}

data "terraform_remote_state" "registry" {
  backend = "local"
  config = {
    path = "../../../terraform.demo-registry.tfstate"
  }
  workspace = terraform.workspace
}

locals {
  login_server = data.terraform_remote_state.registry.outputs.login_server
}

provider "docker" {
  registry_auth {
    address = local.login_server
  }
}

resource "docker_image" "app2" {
  name         = "${local.login_server}/app2/acr-app2:v1"
  keep_locally = true
  triggers = {
    source = var.source_hash
  }
  build {
    context    = var.build_context
    dockerfile = "Dockerfile"
    platform   = "linux/amd64"
  }
}

resource "docker_registry_image" "app2" {
  name          = docker_image.app2.name
  keep_remotely = true
  triggers = {
    source = var.source_hash
  }
}

output "app2_digest" {
  description = "Digest of what was pushed."
  value       = docker_registry_image.app2.id
}
