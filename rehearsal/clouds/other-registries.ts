import type { Credentials } from "./registry";

/** What a registry of others makes of a request. */
export type OtherAnswer = "away" | "login-refused" | "missing" | "served" | "throttled";

/** Registries of others, such as Docker Hub: what they hold for everyone, and how they are today. */
export class OtherRegistries {
  /** Hosts that are down. */
  readonly away = new Set<string>();
  /** Hosts that have had enough of requests: of those who do not sign in, or of everyone. */
  readonly limits = new Map<string, "anonymous" | "everyone">();
  /** The only right login, by host. @default - any is */
  readonly logins = new Map<string, Credentials>();
  /** `host/repository:reference` */
  private readonly images = new Set<string>();

  add(host: string, repository: string, reference: string): void {
    this.images.add(`${host}/${repository}:${reference}`);
  }

  has(host: string, repository: string, reference: string): boolean {
    return this.images.has(`${host}/${repository}:${reference}`);
  }

  /** @param name `host/repository` @param credentials Whoever signs in. @default - nobody */
  ask(name: string, reference: string, credentials?: Credentials): OtherAnswer {
    const host = name.slice(0, name.indexOf("/"));
    if (this.away.has(host)) return "away";
    const right = this.logins.get(host);
    const isWrong =
      credentials && right && (credentials.username !== right.username || credentials.password !== right.password);
    if (isWrong) return "login-refused";
    const limit = this.limits.get(host);
    if (limit === "everyone" || (limit === "anonymous" && !credentials)) return "throttled";
    return this.images.has(`${name}:${reference}`) ? "served" : "missing";
  }
}
