import { createPublicKey, generateKeyPairSync, sign, verify, type JsonWebKey, type KeyObject } from "node:crypto";

/** What a token says. Times are whole seconds since 1970. */
export interface Claims {
  readonly iss: string;
  readonly sub: string;
  readonly aud: string | readonly string[];
  readonly iat: number;
  readonly nbf: number;
  readonly exp: number;
  readonly [more: string]: unknown;
}

export interface Token {
  readonly kid: string;
  readonly claims: Claims;
}

/** A public key as JSON Web Key Sets have it. */
export type PublicKey = JsonWebKey & { readonly kid: string };

/** A key that signs tokens: RS256, since Entra ID takes no other from issuers. */
export class SigningKey {
  private pair: { readonly publicKey: KeyObject; readonly privateKey: KeyObject } | undefined;

  constructor(readonly kid: string) {}

  get publicKey(): PublicKey {
    const { publicKey } = this.keys;
    return { ...publicKey.export({ format: "jwk" }), kid: this.kid, alg: "RS256", use: "sig" };
  }

  sign(claims: Claims): string {
    const text = `${encoded({ alg: "RS256", kid: this.kid })}.${encoded(claims)}`;
    return `${text}.${sign("sha256", Buffer.from(text), this.keys.privateKey).toString("base64url")}`;
  }

  /** Made when it is first needed: it takes long, and most clusters never sign. */
  private get keys(): NonNullable<typeof this.pair> {
    this.pair ??= generateKeyPairSync("rsa", { modulusLength: 2048 });
    return this.pair;
  }
}

/** @returns What a token says, whoever has signed it; undefined where it is none. */
export function readToken(text: string): Token | undefined {
  try {
    const [header = "", payload = ""] = text.split(".");
    const { kid } = decoded(header) as { kid: string };
    return { kid, claims: decoded(payload) as Claims };
  } catch {
    return undefined;
  }
}

/** Whether the key has signed the token. */
export function isSignedBy(text: string, key: PublicKey): boolean {
  const end = text.lastIndexOf(".");
  const signature = Buffer.from(text.slice(end + 1), "base64url");
  return verify("sha256", Buffer.from(text.slice(0, end)), createPublicKey({ key, format: "jwk" }), signature);
}

/** @returns Whole seconds since 1970. */
export function secondsOf(time: Date): number {
  return Math.floor(time.getTime() / 1000);
}

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

function decoded(text: string): unknown {
  return JSON.parse(Buffer.from(text, "base64url").toString());
}
