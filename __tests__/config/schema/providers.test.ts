import { environmentFrom } from "../../support/environment";
import { BASE, changed, refusal, type Refusal } from "../base";

const RULE = 'must be a version constraint of Terraform, such as "~> 4.55" or ">= 4.55.0, < 5.0.0"';

/** The base with a constraint for azurerm. */
const withConstraint = (constraint: string) =>
  changed("registry:\n", `providers: { azurerm: ${JSON.stringify(constraint)} }\nregistry:\n`);

// Each was shown to Terraform 1.11.4, which says the same.
test.each(["4.55.0", "= 4.55", "4", "~> 4.55", "~>4.55.0", ">=4.55,<5", "!= 4.56.0", "> 4.55.0-beta1 , <= 5"])(
  "%j is a constraint",
  (constraint) => {
    expect(environmentFrom(withConstraint(constraint)).providers).toEqual({ azurerm: constraint });
  },
);

test.each(["", "latest", "v4.55.0", "4.x", "*", "^4.55", "=> 4", "> = 4", "4.55.0.1", ">= 4,", ">= 4.55.0 < 5.0.0"])(
  "%j is none",
  (constraint) => {
    expect(refusal(withConstraint(constraint))).toEqual([
      `environments/demo.yaml:1:23 providers.azurerm ${RULE}, got: ${JSON.stringify(constraint)}`,
    ]);
  },
);

test.each<Refusal>([
  [
    "a number",
    "registry:\n",
    "providers: { azuread: 3.7 }\nregistry:\n",
    "environments/demo.yaml:1:23 providers.azuread must be a string (put it in quotes), got: 3.7",
  ],
  [
    "an unknown provider that resembles a known one",
    "registry:\n",
    'providers: { kubernets: "~> 2.38" }\nregistry:\n',
    'environments/demo.yaml:1:14 providers.kubernets is not a known key; did you mean "kubernetes"?',
  ],
  [
    "an unknown provider",
    "registry:\n",
    'providers: { random: "~> 3.0" }\nregistry:\n',
    "environments/demo.yaml:1:14 providers.random is not a known key",
  ],
])("%s is refused", (_, from, to, ...lines) => {
  expect(refusal(changed(from, to))).toEqual(lines);
});

test("no provider has a constraint where the file is silent", () => {
  expect(environmentFrom(BASE).providers).toEqual({});
});
