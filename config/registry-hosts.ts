import type { Azure, Registry } from "./environment";

/** https://learn.microsoft.com/azure/azure-government/compare-azure-government-global-azure, https://learn.microsoft.com/azure/china/resources-developer-guide */
const DOMAINS: Readonly<Record<Azure["cloud"], string>> = {
  public: "azurecr.io",
  usgovernment: "azurecr.us",
  china: "azurecr.cn",
};

/** The domain in which a cloud's registries have their hosts. Stacks take the host from the registry itself. */
export function registryDomain({ cloud }: Azure): string {
  return DOMAINS[cloud];
}

/** Hosts that images of the registry's environment were pushed to before. */
export function formerHosts({ formerly = [] }: Pick<Registry, "formerly">, azure: Azure): string[] {
  return formerly.map((known) => (known.includes(".") ? known : `${known}.${registryDomain(azure)}`));
}
