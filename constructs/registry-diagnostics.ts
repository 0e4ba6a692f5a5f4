import { MonitorDiagnosticSetting } from "@cdktf/provider-azurerm/lib/monitor-diagnostic-setting";
import { Construct } from "constructs";

export interface RegistryDiagnosticsProps {
  /** Azure resource id of the registry. */
  readonly registryId: string;
  /** Azure resource id of a Log Analytics workspace. @default - none */
  readonly workspaceId?: string | undefined;
  /** Azure resource id of a storage account. @default - none */
  readonly storageAccountId?: string | undefined;
  /** By the names of Azure Monitor: `ContainerRegistryLoginEvents`. */
  readonly categories: readonly string[];
  /** Whether metrics go there too. */
  readonly metrics: boolean;
}

/** Sends what happens in a registry to where it is kept. */
export class RegistryDiagnostics extends Construct {
  constructor(scope: Construct, id: string, props: RegistryDiagnosticsProps) {
    super(scope, id);
    new MonitorDiagnosticSetting(this, "setting", {
      name: "acr-pull",
      targetResourceId: props.registryId,
      logAnalyticsWorkspaceId: props.workspaceId,
      storageAccountId: props.storageAccountId,
      enabledLog: props.categories.map((category) => ({ category })),
      enabledMetric: props.metrics ? [{ category: "AllMetrics" }] : undefined,
    });
  }
}
