import { providerSchema, resourceFacts, type BlockSchema } from "../../../bindings";
import { createClouds } from "../../../rehearsal/clouds";
import type { Clouds } from "../../../rehearsal/clouds";
import { isSame } from "../../../rehearsal/sdk/equality";
import { IdSource } from "../../../rehearsal/sdk/ids";
import type { Attributes, ProviderModel, ReadModel, ResourceModel, Value } from "../../../rehearsal/sdk/model";
import { overlay } from "../../../rehearsal/sdk/overlay";
import { ManagedResource } from "../../../rehearsal/sdk/resource";
import type { ProviderName } from "../../../rehearsal/providers";
import { createProviders } from "../../../rehearsal/providers";

export const SUBSCRIPTION = "00000000-0000-0000-0000-000000000000";

/** Clouds with one AKS cluster, and all providers configured for them as the demo configures them. */
export function setUp(): { clouds: Clouds; providers: Record<ProviderName, ProviderModel> } {
  const clouds = createClouds({
    now: new Date("2026-01-01T00:00:00Z"),
    clusters: [{ context: "aksdemo2", aks: { name: "aksdemo2", resourceGroup: "aks-rg2" } }],
  });
  const providers = createProviders(clouds, {});
  providers.azurerm.configure?.({ features: [{}], subscription_id: SUBSCRIPTION });
  providers.kubernetes.configure?.({ config_context: "aksdemo2" });
  providers.docker.configure?.({ registry_auth: [{ address: "acrdemo2ss.azurecr.io" }] });
  return { clouds, providers };
}

/** One resource type, driven as the plugin server drives it, with its real schema and facts. */
export class Resource {
  private readonly managed: ManagedResource;
  private readonly schema: BlockSchema;

  constructor(
    type: string,
    readonly model: ResourceModel,
  ) {
    const provider = type.split("_", 1)[0] ?? "";
    const schema = providerSchema(provider, { resources: [type] }).resources[type];
    if (!schema) throw new Error(`no schema of ${type}`);
    this.schema = schema;
    const enter = () => Promise.resolve(undefined);
    this.managed = new ManagedResource({ type, schema, facts: resourceFacts(type), model, ids: new IdSource(), enter });
  }

  plan(config: Attributes): Attributes {
    this.managed.validate(config);
    return this.managed.plan(undefined, config).planned;
  }

  /** @returns Names of the attributes and blocks at the top whose change makes a new object. */
  replaced(prior: Attributes, config: Attributes): string[] {
    return [...new Set(this.managed.plan(prior, config).replaced.map(([name]) => String(name)))].sort();
  }

  async create(config: Attributes): Promise<Attributes> {
    return (await this.managed.apply(undefined, this.plan(config), config)) ?? {};
  }

  /** @param changes Laid over what is there. */
  async update(prior: Attributes, changes: Attributes): Promise<Attributes> {
    const config = overlay(this.schema, prior, changes);
    const { planned } = this.managed.plan(prior, config);
    return (await this.managed.apply(prior, planned, { ...config, ...changes })) ?? {};
  }

  async read(state: Attributes): Promise<Attributes | undefined> {
    return this.managed.read(state);
  }

  /** @returns Names of what is another thing than the state says, for the SDK: null and zero are one. */
  async drift(state: Attributes): Promise<string[]> {
    const now = await this.read(state);
    return Object.keys(state).filter((name) => !isDeeplySame(state[name], now?.[name]));
  }

  async delete(state: Attributes): Promise<void> {
    await this.managed.apply(state, undefined, {});
  }

  async import(id: string): Promise<Attributes | undefined> {
    return this.read(await this.managed.import(id));
  }
}

export function resource(provider: ProviderModel, type: string): Resource {
  const model = provider.resources?.[type];
  if (!model) throw new Error(`no model for resource ${type}`);
  return new Resource(type, model);
}

export function dataSource(provider: ProviderModel, type: string): ReadModel {
  const model = provider.dataSources?.[type];
  if (!model) throw new Error(`no model for data source ${type}`);
  return model;
}

function isDeeplySame(one: Value | undefined, other: Value | undefined): boolean {
  if (isSame(one, other)) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
  const [before, after] = [one, other] as Attributes[];
  const names = Object.keys({ ...before, ...after });
  return names.every((name) => isDeeplySame(before?.[name], after?.[name]));
}
