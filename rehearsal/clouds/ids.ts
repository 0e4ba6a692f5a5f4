import { createHash } from "node:crypto";

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/**
 * Ids, addresses and passwords that look like the clouds' own and are the same in every run. Each comes from a label and
 * from how often that label was used, not from one global counter: Terraform creates in parallel, in no fixed order.
 */
export class Ids {
  private readonly uses = new Map<string, number>();
  private readonly generated: string[] = [];

  uuid(label: string): string {
    const hex = this.bytes(`uuid/${label}`).toString("hex");
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
  }

  /** @returns Lower-case hexadecimal digits, 32 of them: a version in a key vault, say. */
  hex(label: string): string {
    return this.bytes(`hex/${label}`).toString("hex").slice(0, 32);
  }

  /** @returns A public address in the range that Azure's load balancers hand out. */
  publicAddress(label: string): string {
    return `20.${this.octets(`public/${label}`)}`;
  }

  /** @returns An address inside a cluster. */
  clusterAddress(label: string): string {
    return `10.${this.octets(`cluster/${label}`)}`;
  }

  /** @returns A password as Entra generates them: 40 characters, with the characters that break naive quoting. */
  clientSecret(label: string): string {
    const text = this.text(`secret/${label}`, 37, `${LETTERS}~.-_`);
    // All four special characters are always there, so that no run misses a quoting mistake by luck.
    return this.remember(
      `${text.slice(0, 3)}8Q~${text.slice(3, 11)}.${text.slice(12, 21)}-${text.slice(22, 30)}_${text.slice(31)}`,
    );
  }

  /** @returns A password as a registry generates them for its admin user and its tokens. */
  registryPassword(label: string): string {
    return this.remember(
      `${this.text(`registry/${label}`, 42, `${LETTERS}+/`)}+ACR${this.text(`tail/${label}`, 6, LETTERS)}`,
    );
  }

  /** Every password generated so far. */
  get passwords(): readonly string[] {
    return this.generated;
  }

  /** Notes a secret that somebody else has made. */
  remember(password: string): string {
    this.generated.push(password);
    return password;
  }

  private text(label: string, length: number, alphabet: string): string {
    return [...this.bytes(label).subarray(0, length)].map((byte) => alphabet.charAt(byte % alphabet.length)).join("");
  }

  private octets(label: string): string {
    return [...this.bytes(label).subarray(0, 3)].map((byte) => 1 + (byte % 254)).join(".");
  }

  private bytes(label: string): Buffer {
    const use = (this.uses.get(label) ?? 0) + 1;
    this.uses.set(label, use);
    return createHash("sha512").update(`${label}#${use}`).digest();
  }
}
