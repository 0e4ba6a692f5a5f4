/**
 * What a cluster needs to pull, whatever kind of identity is behind it. Consumers depend on this and on no stack.
 *
 * Where it lands: the state of the stack that makes it, the remote state data of the stack that takes it, and the pull
 * secrets in the cluster.
 */
export interface PullCredential {
  /** User name for the registry. Of a service principal this is the client id, not the object id. */
  readonly username: string;
  /** Secret. */
  readonly password: string;
  /** RFC 3339, UTC: from then on the registry refuses the password. */
  readonly expires: string;
  /** RFC 3339, UTC: until then identity and workload must be applied again, in this order. */
  readonly applyBefore: string;
}
