import { createClouds } from "../../../rehearsal/clouds";
import type { Clouds } from "../../../rehearsal/clouds";
import type { Attributes, ProviderModel, ReadModel, ResourceModel, Value } from "../../../rehearsal/plugin/model";
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

/** One resource type, driven as the plugin server drives it. */
export class Resource {
  constructor(readonly model: ResourceModel) {}

  plan(config: Attributes): Attributes {
    const planned = overlay(this.model.defaults?.(config) ?? {}, config);
    this.model.checkPlan?.(planned, undefined);
    return planned;
  }

  async create(config: Attributes): Promise<Attributes> {
    const planned = this.plan(config);
    return overlay(planned, await this.model.create(planned, config));
  }

  async update(prior: Attributes, config: Attributes): Promise<Attributes> {
    const planned = overlay(prior, config);
    return overlay(planned, (await this.model.update?.(prior, planned, config)) ?? {});
  }

  async read(state: Attributes): Promise<Attributes | undefined> {
    const now = await this.model.read?.(state);
    return now && overlay(state, now);
  }

  async delete(state: Attributes): Promise<void> {
    await this.model.delete(state);
  }

  async import(id: string): Promise<Attributes | undefined> {
    return this.read((await this.model.importState?.(id)) ?? {});
  }
}

export function resource(provider: ProviderModel, type: string): Resource {
  const model = provider.resources?.[type];
  if (!model) throw new Error(`no model for resource ${type}`);
  return new Resource(model);
}

export function dataSource(provider: ProviderModel, type: string): ReadModel {
  const model = provider.dataSources?.[type];
  if (!model) throw new Error(`no model for data source ${type}`);
  return model;
}

/** Lays changes over attributes, nested blocks by position. */
function overlay(base: Attributes, changes: Attributes): Attributes {
  const merged = Object.entries(changes).map(([name, value]) => [name, overlayValue(base[name], value)] as const);
  return { ...base, ...Object.fromEntries(merged) };
}

function overlayValue(base: Value | undefined, value: Value): Value {
  if (!Array.isArray(value) || !Array.isArray(base)) return value;
  return (value as readonly Value[]).map((item, index) => {
    const before = (base as readonly Value[])[index];
    return isBlock(item) && isBlock(before) ? overlay(before, item) : item;
  });
}

function isBlock(value: Value | undefined): value is Attributes {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
