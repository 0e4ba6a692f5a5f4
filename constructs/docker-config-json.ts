import { Fn } from "cdktf";

/**
 * The value of `.dockerconfigjson`, byte for byte as `kubectl create secret docker-registry` writes it:
 * `{"auths":{"<server>":{"username":…,"password":…,"auth":…}}}`, compact, keys in this order.
 *
 * Joined from encoded pieces, because jsonencode of an object sorts its keys and a token cannot be an object's key.
 */
export function dockerConfigJson(server: string, username: string, password: string): string {
  const auth = Fn.base64encode(Fn.join(":", [username, password]));
  return Fn.join("", [
    Fn.rawString('{"auths":{'),
    Fn.jsonencode(server),
    Fn.rawString(':{"username":'),
    Fn.jsonencode(username),
    Fn.rawString(',"password":'),
    Fn.jsonencode(password),
    Fn.rawString(',"auth":'),
    Fn.jsonencode(auth),
    Fn.rawString("}}}"),
  ]);
}
