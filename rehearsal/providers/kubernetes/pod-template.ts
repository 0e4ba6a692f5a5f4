import type { Container, PodTemplate, SecurityContext, Toleration } from "../../clouds/kubernetes-objects";
import type { Attributes } from "../../sdk/model";
import { block, blocks, optionalText, text, textMap, texts } from "../values";

/** Reads `spec.template` of a Deployment. */
export function podTemplateOf(template: Attributes): PodTemplate {
  const spec = block(template, "spec");
  return {
    labels: textMap(block(template, "metadata"), "labels"),
    annotations: textMap(block(template, "metadata"), "annotations"),
    containers: [...blocks(spec, "init_container"), ...blocks(spec, "container")].map(containerOf),
    imagePullSecrets: blocks(spec, "image_pull_secrets").map((reference) => text(reference, "name")),
    nodeSelector: textMap(spec, "node_selector"),
    tolerations: blocks(spec, "toleration").map(tolerationOf),
    securityContext: securityContextOf(block(spec, "security_context")),
  };
}

function containerOf(container: Attributes): Container {
  return {
    name: text(container, "name"),
    image: text(container, "image"),
    securityContext: securityContextOf(block(container, "security_context")),
  };
}

function tolerationOf(toleration: Attributes): Toleration {
  return {
    key: optionalText(toleration, "key"),
    operator: optionalText(toleration, "operator") ?? "Equal",
    value: optionalText(toleration, "value"),
    effect: optionalText(toleration, "effect"),
  };
}

function securityContextOf(context: Attributes): SecurityContext {
  return {
    allowPrivilegeEscalation: boolean(context, "allow_privilege_escalation"),
    runAsNonRoot: boolean(context, "run_as_non_root"),
    seccompType: optionalText(block(context, "seccomp_profile"), "type"),
    dropCapabilities: texts(block(context, "capabilities"), "drop"),
  };
}

function boolean(attributes: Attributes, name: string): boolean | undefined {
  const value = attributes[name];
  return typeof value === "boolean" ? value : undefined;
}
