// Debian 12's Node.js lacks one function of node:crypto that oidc-provider calls: given here, to it alone.
//   register("./newer_crypto.mjs", import.meta.url) before the provider is imported
import { createHash } from "node:crypto";

export * from "node:crypto";

export function hash(algorithm, data, encoding = "hex") {
  const made = createHash(algorithm).update(data);
  return encoding === "buffer" ? made.digest() : made.digest(encoding);
}

export async function resolve(specifier, context, next) {
  if (specifier === "node:crypto" && context.parentURL?.includes("/node_modules/oidc-provider/"))
    return { url: import.meta.url, shortCircuit: true };
  return next(specifier, context);
}
