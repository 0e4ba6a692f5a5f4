import type { Ids } from "./ids";

/** One version of a secret. */
export interface SecretVersion {
  readonly version: string;
  readonly value: string;
}

/** A key vault. Deleting purges, as azurerm does by default. */
export class KeyVault {
  readonly uri: string;
  private readonly secrets = new Map<string, SecretVersion[]>();

  constructor(
    readonly id: string,
    readonly name: string,
    readonly location: string,
    readonly tenantId: string,
    private readonly ids: Ids,
  ) {
    this.uri = `https://${name.toLowerCase()}.vault.azure.net/`;
  }

  /** Adds a version, the newest from now on. */
  setSecret(name: string, value: string): SecretVersion {
    const version = { version: this.ids.hex(`${this.name}/${name}`), value };
    this.secrets.set(name, [...(this.secrets.get(name) ?? []), version]);
    return version;
  }

  /** @param version @default - the newest */
  secret(name: string, version?: string): SecretVersion | undefined {
    const versions = this.secrets.get(name) ?? [];
    return version === undefined ? versions.at(-1) : versions.find((candidate) => candidate.version === version);
  }

  deleteSecret(name: string): void {
    this.secrets.delete(name);
  }

  secretNames(): string[] {
    return [...this.secrets.keys()];
  }

  secretUrl(name: string, version?: string): string {
    return `${this.uri}secrets/${name}${version === undefined ? "" : `/${version}`}`;
  }
}
