import type { Azure } from "../../config";

/** Where the parts of a cloud are. */
export interface CloudEndpoints {
  readonly login: string;
  readonly resourceManager: string;
  readonly graph: string;
}

/** https://learn.microsoft.com/azure/azure-government/compare-azure-government-global-azure, https://learn.microsoft.com/azure/china/resources-developer-guide, https://learn.microsoft.com/graph/deployments */
export const ENDPOINTS: Readonly<Record<Azure["cloud"], CloudEndpoints>> = {
  public: {
    login: "https://login.microsoftonline.com",
    resourceManager: "https://management.azure.com",
    graph: "https://graph.microsoft.com",
  },
  usgovernment: {
    login: "https://login.microsoftonline.us",
    resourceManager: "https://management.usgovcloudapi.net",
    graph: "https://graph.microsoft.us",
  },
  china: {
    login: "https://login.chinacloudapi.cn",
    resourceManager: "https://management.chinacloudapi.cn",
    graph: "https://microsoftgraph.chinacloudapi.cn",
  },
};

/** Audience of tokens for a registry: registries may refuse those for Azure Resource Manager. */
export const REGISTRY_AUDIENCE = "https://containerregistry.azure.net";
