import { isImageName, parseImage } from "../../../diagnosis/image-name";
import type { PullFault } from "../registry";

/** What a kubelet with containerd says of images, word by word as it was measured on kubelet 1.36 with containerd 1.6. */

/** @returns What is wrong with the name of an image, or undefined. */
export function invalidName(image: string): string | undefined {
  if (isImageName(image)) return undefined;
  const { repository } = parseImage(image);
  const cause = isImageName(image.toLowerCase()) ? `: repository name (${repository}) must be lowercase` : "";
  return `Failed to apply default image tag "${image}": couldn't parse image name "${image}": invalid reference format${cause}`;
}

/** @param hasCredentials Whether a user name and a password were sent. @param reason What the network says, where layers lie elsewhere. */
export function pullFailure(image: string, fault: PullFault, hasCredentials: boolean, reason = ""): string {
  const { host, repository, reference } = parseImage(image);
  const unpack = `failed to pull and unpack image "${image}":`;
  const resolve = `${unpack} failed to resolve reference "${image}":`;
  const request = `${resolve} failed to do request: Head "https://${host}/v2/${repository}/manifests/${reference}":`;
  const unexpected = `${resolve} unexpected status from HEAD request to https://${host}/v2/${repository}/manifests/${reference}:`;
  switch (fault) {
    case "unauthorized":
      return `${resolve} failed to authorize: failed to fetch ${hasCredentials ? "oauth" : "anonymous"} token: unexpected status: 401 Unauthorized`;
    case "forbidden":
      return `${resolve} failed to authorize: failed to fetch ${hasCredentials ? "oauth" : "anonymous"} token: unexpected status: 403 Forbidden`;
    case "no-route":
      return `${request} dial tcp 10.1.0.4:443: i/o timeout`;
    case "quarantined":
      return `${unexpected} 405 Method Not Allowed`;
    // A status that no text of containerd is for.
    case "source-throttles":
      return `${unexpected} 429 Too Many Requests`;
    case "source-away":
      return `${unexpected} 502 Bad Gateway`;
    // With a token that the registry itself has given.
    case "source-login":
      return `${unexpected} 401 Unauthorized`;
    case "no-layers":
      return `${unpack} failed to copy: httpReadSeeker: failed open: failed to do request: ${reason}`;
    case "not-found":
      return `rpc error: code = NotFound desc = ${resolve} ${image}: not found`;
    case "no-platform":
      return `rpc error: code = NotFound desc = ${unpack} no match for platform in manifest: not found`;
    case "no-host":
      return `${request} dial tcp: lookup ${host} on 10.96.0.10:53: no such host`;
    case "away":
      return `${request} dial tcp 10.0.0.4:443: connect: connection refused`;
  }
}

/** One text for each credential that was tried; one alone where they are equal. */
export function joined(texts: readonly string[]): string {
  const different = [...new Set(texts)];
  return different.length === 1 ? (different[0] ?? "") : `[${different.join(", ")}]`;
}
