import type { Azure, Registry } from "./environment";

/** https://learn.microsoft.com/azure/azure-government/compare-azure-government-global-azure, https://learn.microsoft.com/azure/china/resources-developer-guide */
const DOMAINS: Readonly<Record<Azure["cloud"], string>> = {
  public: "azurecr.io",
  usgovernment: "azurecr.us",
  china: "azurecr.cn",
};

/** Domains of the storage that layers lie in, where a registry has no data endpoints of its own: same source. */
export const BLOB_DOMAINS: Readonly<Record<Azure["cloud"], string>> = {
  public: "blob.core.windows.net",
  usgovernment: "blob.core.usgovcloudapi.net",
  china: "blob.core.chinacloudapi.cn",
};

/** The domain in which a cloud's registries have their hosts. Stacks take the host from the registry itself. */
export function registryDomain({ cloud }: Azure): string {
  return DOMAINS[cloud];
}

/** Hosts that images of the registry's environment were pushed to before. */
export function formerHosts({ formerly = [] }: Pick<Registry, "formerly">, azure: Azure): string[] {
  return formerly.map((known) => (known.includes(".") ? known : `${known}.${registryDomain(azure)}`));
}

/** Whether a host is the registry's, or was one of those before it. A domain name label of the registry adds a hash to its name. */
export function isHostOf(host: string, registry: Pick<Registry, "name" | "formerly">, azure: Azure): boolean {
  if (formerHosts(registry, azure).includes(host)) return true;
  const domain = registryDomain(azure);
  const [name = "", ...rest] = host.toLowerCase().split(".");
  return rest.join(".") === domain && name.replace(/-[a-z0-9]+$/, "") === registry.name;
}
