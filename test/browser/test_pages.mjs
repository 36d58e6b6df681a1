// Every page in a real Chromium, with and without JavaScript, in English and in Welsh: axe, no sideways
// scroll at 320 pixels, no error in the console, one h1, valid HTML. The pages are those of the table of
// routes: a new route without an address here is a failure.
import { readFileSync } from "node:fs";
import { check, checkHtml, examine, openContext, run, withServer } from "./support.mjs";

const table = readFileSync(new URL("../../src/web/routes.c", import.meta.url), "utf8");
const routes = [...table.matchAll(/REQUEST_GET,\s*"([^"]+)",\s*(RIGHT_\w+)/g)]
  .map(([, pattern, right]) => ({ pattern, right }));

// What stands for the parameters of a pattern; with more than one address where pages differ much.
const addresses = JSON.parse(readFileSync(new URL("../support/page_addresses.json", import.meta.url)));
// Files, what machines ask for, and pages that other tests reach: by links that are good once
// (test_accounts), in the life of a return (test_return), with a snapshot of people (test_people), of what was
// released (test_releases), of what was frozen (test_shares).
const elsewhere = [
  /\.(csv|ods|json)$/, /^\/assets\//, /\/files\//, /^\/(health|ready|metrics|api)/, /\{token\}/,
  /^\/sign-in\/(code|single.*)$/, /\/steps\/\{action\}$/, /\/report\/\{name\}$/,
  /^\/reports\/(progress\/\{name\}|\{code\}.*)$/, /^\/people\/\{code\}/,
  /^\/releases\/\{code\}$/, /^\/account\/(password|prove\/single)$/,
];
// Who opens a page with that right; the others are the policy officer's.
const openers = {
  RIGHT_PUBLIC: "nobody", RIGHT_READ: "nobody", RIGHT_AUDIT_READ: "auditor",
  RIGHT_ACCOUNTS_MANAGE: "administrator", RIGHT_PEOPLE_COUNT: "hr-data-officer",
  RIGHT_PEOPLE_KEEP: "hr-data-officer",
};
const demonstrated = ["auditor", "policy officer"];

async function signIn(page, address, lines, workspace, who) {
  if (demonstrated.includes(who)) {
    await page.goto(lines.match(new RegExp(`^Demonstration ${who}\\n\\s+(\\S+)$`, "m"))[1]);
  } else if (who !== "nobody") {
    const words = run(workspace, "account", "add", who, "--name", "Ada Made-Up", "--email",
                      `${who}@example.invalid`);
    run(workspace, "account", "grant", who, who);
    await page.goto(address + words.match(/\/invitation\/[\w-]{43}/)[0]);
    await page.locator("#password").fill("umbrella violet canyon 7");
    await page.locator("#again").fill("umbrella violet canyon 7");
    await page.locator("main button[type=submit]").click();
    await page.locator("#email").fill(`${who}@example.invalid`);
    await page.locator("#password").fill("umbrella violet canyon 7");
  }
  if (who !== "nobody") await page.locator("main button[type=submit]").click();
}

async function visit({ page, errors }, address, path, wanted = 200) {
  errors.length = 0;
  const answer = await page.goto(address + path);
  check(`${path} answers`, answer.status() === wanted ? [] : [answer.status()]);
  await checkHtml(path, await answer.text());
  await examine(page, path);
  check(`${path} has no error in the console`, errors);
}

/** Without JavaScript the policy of the pages holds, and what it forbids is an error in the console. */
async function visitPlainly({ page, errors }, address, path) {
  errors.length = 0;
  const answer = await page.goto(address + path);
  check(`${path} without JavaScript answers`, answer.status() === 200 ? [] : [answer.status()]);
  check(`${path} without JavaScript has no error in the console`, errors);
}

await withServer(["--demonstration"], async (browser, address, workspace, lines) => {
  check("the table of routes is read", routes.length > 30 ? [] : [`${routes.length} routes`]);
  const people = {};
  const plain = await openContext(browser, false);
  for (const { pattern, right } of routes) {
    if (elsewhere.some((one) => one.test(pattern))) continue;
    const paths = addresses[pattern] || (pattern.includes("{") ? [] : [pattern]);
    check(`${pattern} has an address here`, paths.length ? [] : ["add one to test_pages.mjs"]);
    const who = openers[right] || "policy officer";
    if (!people[who]) {
      people[who] = await openContext(browser, true);
      await signIn(people[who].page, address, lines, workspace, who);
    }
    for (const path of paths) {
      await visit(people[who], address, path);
      if (who === "nobody") await visitPlainly(plain, address, path);
    }
    await visit(people[who], address, `/cy${paths[0] === "/" ? "" : paths[0]}`);
  }
  await visit(people.nobody, address, "/no-such-page", 404);
});
