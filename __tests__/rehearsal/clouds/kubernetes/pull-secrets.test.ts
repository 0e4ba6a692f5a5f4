import type { Secret } from "../../../../rehearsal/clouds/kubernetes/api-object";
import { dockerConfigFault } from "../../../../diagnosis/pull-secret";
import { keyring } from "../../../../rehearsal/clouds/kubernetes/pull-secrets";
import { dockerConfig, HOST, pullSecret, stored } from "../world";

const login = { username: "client", password: "a~b.c-d_e:f" };
const text = dockerConfig(HOST, login.username, login.password);

function look(secret: Secret | undefined) {
  const { found, notes } = keyring(() => secret && stored(secret), ["acr-secret"], "default", HOST);
  return { credentials: found.map(({ credentials }) => credentials), notes };
}

test("what kubectl writes is understood, colons in the password too", () => {
  expect(look(pullSecret(text))).toEqual({ credentials: [login], notes: [] });
});

test.each([`https://${HOST}`, `http://${HOST}`, `https://${HOST}/v1/`])(
  "server %s matches the image's host",
  (server) => {
    expect(look(pullSecret(dockerConfig(server, login.username, login.password))).credentials).toEqual([login]);
  },
);

test("username and password serve where there is no auth", () => {
  expect(look(pullSecret(JSON.stringify({ auths: { [HOST]: login } }))).credentials).toEqual([login]);
});

test("auth wins over username and password", () => {
  const auth = Buffer.from("client:right").toString("base64");
  expect(look(pullSecret(JSON.stringify({ auths: { [HOST]: { ...login, auth } } }))).credentials).toEqual([
    { username: "client", password: "right" },
  ]);
});

test("auth that is not encoded is no credential, and is not shown", () => {
  const auth = `${login.username}:${login.password}`;
  expect(look(pullSecret(JSON.stringify({ auths: { [HOST]: { ...login, auth } } })))).toEqual({
    credentials: [],
    notes: [
      'secret "acr-secret" in namespace "default" has a malformed auth for acrdemo2ss.azurecr.io: it must be base64 of username:password',
    ],
  });
});

test.each<[string, Secret | undefined, string]>([
  ["missing", undefined, 'secret "acr-secret" not found in namespace "default"'],
  [
    "of another type",
    pullSecret(text, { type: "Opaque" }),
    'secret "acr-secret" in namespace "default" has type "Opaque", a kubelet reads kubernetes.io/dockerconfigjson only',
  ],
  [
    "for another host",
    pullSecret(dockerConfig("other.azurecr.io", "u", "p")),
    'secret "acr-secret" in namespace "default" holds credentials for other.azurecr.io, the image\'s host is acrdemo2ss.azurecr.io',
  ],
  [
    "for no host",
    pullSecret("{}"),
    'secret "acr-secret" in namespace "default" holds credentials for no server, the image\'s host is acrdemo2ss.azurecr.io',
  ],
  [
    "encoded twice",
    pullSecret(Buffer.from(text).toString("base64")),
    'secret "acr-secret" in namespace "default" has a malformed .dockerconfigjson: it is base64 of JSON: encoded twice',
  ],
  [
    "without JSON",
    pullSecret("{oops"),
    'secret "acr-secret" in namespace "default" has a malformed .dockerconfigjson: it is not a JSON object',
  ],
  [
    "with an auth that is encoded twice",
    pullSecret(
      JSON.stringify({
        auths: { [HOST]: { auth: Buffer.from(Buffer.from("u:p").toString("base64")).toString("base64") } },
      }),
    ),
    'secret "acr-secret" in namespace "default" has a malformed auth for acrdemo2ss.azurecr.io: it must be base64 of username:password',
  ],
])("a secret %s gives a note", (_case, secret, note) => {
  expect(look(secret)).toEqual({ credentials: [], notes: [note] });
});

test("a host is not matched by its beginning", () => {
  expect(look(pullSecret(dockerConfig(`${HOST}.example.com`, "u", "p"))).credentials).toEqual([]);
});

test("a sound .dockerconfigjson has no fault", () => {
  expect(dockerConfigFault(text)).toBeUndefined();
});
