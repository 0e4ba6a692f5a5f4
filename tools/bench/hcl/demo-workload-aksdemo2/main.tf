terraform {
  required_version = ">= 1.5.0"
  required_providers {
    kubernetes = {
      source  = "hashicorp/kubernetes"
      version = "2.38.0"
    }
  }
  backend "local" {
    path = "../../../terraform.demo-workload-aksdemo2.tfstate"
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

data "terraform_remote_state" "registry" {
  backend = "local"
  config = {
    path = "../../../terraform.demo-registry.tfstate"
  }
  workspace = terraform.workspace
}

data "terraform_remote_state" "images" {
  backend = "local"
  config = {
    path = "../../../terraform.demo-images.tfstate"
  }
  workspace = terraform.workspace
}

data "terraform_remote_state" "identity" {
  backend = "local"
  config = {
    path = "../../../terraform.demo-identity-aksdemo2.tfstate"
  }
  workspace = terraform.workspace
}

locals {
  login_server = data.terraform_remote_state.registry.outputs.login_server
  username     = data.terraform_remote_state.identity.outputs.username
  # Remote state drops the mark.
  password             = sensitive(data.terraform_remote_state.identity.outputs.password)
  checked_expires      = data.terraform_remote_state.identity.outputs.expires
  checked_apply_before = data.terraform_remote_state.identity.outputs.apply_before

  selector = {
    "app.kubernetes.io/name"     = "acr-app2"
    "app.kubernetes.io/instance" = "demo"
  }
  labels = merge(local.selector, { "app.kubernetes.io/managed-by" = "terraform" })
}

provider "kubernetes" {
  config_path        = "~/.kube/config"
  config_context     = "aksdemo2"
  ignore_annotations = [".*"]
  ignore_labels      = [".*"]
}

resource "kubernetes_secret_v1" "pull" {
  metadata {
    name      = "acrdemo2ss-secret"
    namespace = "default"
    annotations = {
      "acr-pull/expires"      = local.checked_expires
      "acr-pull/apply-before" = local.checked_apply_before
    }
  }
  type = "kubernetes.io/dockerconfigjson"
  # Byte for byte as kubectl writes it.
  data = {
    ".dockerconfigjson" = format("{\"auths\":{%s:{\"username\":%s,\"password\":%s,\"auth\":%s}}}", jsonencode(local.login_server), jsonencode(local.username), jsonencode(local.password), jsonencode(base64encode("${local.username}:${local.password}")))
  }
}

resource "kubernetes_deployment_v1" "app2" {
  metadata {
    name      = "acr-app2"
    namespace = "default"
    labels    = merge(local.labels, { "app.kubernetes.io/version" = "v1" })
  }
  spec {
    progress_deadline_seconds = 300
    selector {
      match_labels = local.selector
    }
    strategy {
      type = "RollingUpdate"
      rolling_update {
        max_surge       = 1
        max_unavailable = 0
      }
    }
    template {
      metadata {
        labels = local.labels
      }
      spec {
        automount_service_account_token = false
        enable_service_links            = false
        image_pull_secrets {
          name = kubernetes_secret_v1.pull.metadata[0].name
        }
        security_context {
          run_as_non_root = true
          seccomp_profile {
            type = "RuntimeDefault"
          }
          sysctl {
            name  = "net.ipv4.ip_unprivileged_port_start"
            value = "0"
          }
        }
        container {
          name              = "acr-app2"
          image             = "${local.login_server}/app2/acr-app2@${data.terraform_remote_state.images.outputs.app2_digest}"
          image_pull_policy = "IfNotPresent"
          port {
            name           = "http"
            container_port = 80
          }
          startup_probe {
            failure_threshold = 30
            period_seconds    = 2
            tcp_socket {
              port = "http"
            }
          }
          readiness_probe {
            tcp_socket {
              port = "http"
            }
          }
          liveness_probe {
            period_seconds = 20
            tcp_socket {
              port = "http"
            }
          }
          resources {
            requests = {
              cpu    = "100m"
              memory = "128Mi"
            }
            limits = {
              memory = "128Mi"
            }
          }
          security_context {
            run_as_non_root            = true
            allow_privilege_escalation = false
            read_only_root_filesystem  = true
            capabilities {
              drop = ["ALL"]
            }
          }
          volume_mount {
            name       = "writable-0"
            mount_path = "/tmp"
          }
        }
        volume {
          name = "writable-0"
          empty_dir {}
        }
      }
    }
  }
  timeouts {
    create = "420s"
    update = "420s"
  }
  # Whoever restarts the pods leaves one.
  lifecycle {
    ignore_changes = [spec[0].template[0].metadata[0].annotations]
  }
}

data "kubernetes_resource" "app2" {
  api_version = "apps/v1"
  kind        = "Deployment"
  metadata {
    name      = "acr-app2"
    namespace = "default"
  }
  depends_on = [kubernetes_deployment_v1.app2]
}

resource "kubernetes_service_v1" "app2" {
  metadata {
    name      = "acr-app2"
    namespace = "default"
    labels    = local.labels
  }
  spec {
    type     = "LoadBalancer"
    selector = local.selector
    port {
      name        = "http"
      port        = 80
      target_port = "http"
    }
  }
}

check "pull_credential_is_current" {
  assert {
    condition     = timecmp(timeadd(coalesce(var.now, plantimestamp()), "168h"), local.checked_apply_before) < 0
    error_message = "The pull credential is due: apply the identity stack, then the workload stack, before ${local.checked_apply_before}. From ${local.checked_expires} on the registry refuses it, and new pods end in ImagePullBackOff."
  }
}

output "address" {
  description = "Where clients reach acr-app2."
  value       = try(kubernetes_service_v1.app2.status[0].load_balancer[0].ingress[0].ip, kubernetes_service_v1.app2.status[0].load_balancer[0].ingress[0].hostname, "")
}

output "rollout_acr-app2" {
  value       = "complete"
  description = "Whether acr-app2 runs what was last released."
  precondition {
    condition     = alltrue([for c in data.kubernetes_resource.app2.object.status.conditions : c.status == "True" if c.type == "Progressing"]) && try(data.kubernetes_resource.app2.object.status.updatedReplicas, 0) >= 1
    error_message = "Deployment acr-app2 does not run what was last released. ${join("; ", [for c in data.kubernetes_resource.app2.object.status.conditions : "${c.type} is ${c.status}: ${c.message}"])}"
  }
}
