// A real identity provider (oidc-provider) on loopback, for the tests of single sign-on:
//   node provider.mjs PORT CALLBACK
// Anybody signs in by one of the names below; who they are is read anew from standard input, one JSON
// object a line: {"ada": {"email": …, "groups": […]}, …}. Prints "ready" when it listens.
import * as nodeCrypto from "node:crypto";
import { register } from "node:module";
import { createInterface } from "node:readline";

// What Debian 12's Node.js lacks and the provider uses is there before it is read.
globalThis.crypto ??= nodeCrypto.webcrypto;
URL.parse ??= (address, base) => (URL.canParse(address, base) ? new URL(address, base) : null);
if (!nodeCrypto.hash) register("./newer_crypto.mjs", import.meta.url);
const { Provider } = await import("oidc-provider");

const [port, callback] = process.argv.slice(2);
let people = {};
const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [{ client_id: "dueregard", client_secret: "a secret+of/two words", redirect_uris: [callback],
              token_endpoint_auth_method: "client_secret_basic" }],
  pkce: { required: () => true },
  conformIdTokenClaims: false,
  claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name", "groups"] },
  findAccount: (context, id) => ({ accountId: id, claims: () => ({ sub: id, ...people[id] }) }),
  cookies: { keys: ["for tests alone"] },
});
createInterface({ input: process.stdin }).on("line", (line) => {
  people = JSON.parse(line);
  console.log("heard");
});
process.stdin.on("end", () => process.exit(0));
console.warn = console.info = () => {};
provider.listen(Number(port), "127.0.0.1", () => console.log("ready"));
