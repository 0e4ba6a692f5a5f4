import * as z from "zod";

/** https://developer.hashicorp.com/terraform/language/expressions/version-constraints */
const CONSTRAINT = /(=|!=|>=?|<=?|~>)? *\d+(\.\d+){0,2}(-[\w.-]+)?/.source;

const constraint = z
  .string()
  .regex(
    new RegExp(`^${CONSTRAINT}( *, *${CONSTRAINT})*$`),
    'must be a version constraint of Terraform, such as "~> 4.55" or ">= 4.55.0, < 5.0.0"',
  )
  .optional();

/** Versions of Terraform's providers, by the provider. */
export const providersSchema = z.strictObject({
  azurerm: constraint.describe("Versions of hashicorp/azurerm."),
  azuread: constraint.describe("Versions of hashicorp/azuread."),
  kubernetes: constraint.describe("Versions of hashicorp/kubernetes."),
  docker: constraint.describe("Versions of kreuzwerker/docker."),
});
