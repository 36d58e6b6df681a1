// Every page in a real Chromium, with and without JavaScript: axe, no sideways scroll at 320 pixels, no
// error in the console, one h1, valid HTML. Prints TAP. DUEREGARD names the program; with
// DUEREGARD_SCREENSHOTS a folder, pictures at 320 and 1280 pixels are left there.
import { execFileSync, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { HtmlValidate, StaticConfigLoader } from "html-validate";

const require = createRequire(import.meta.url);
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const program = process.env.DUEREGARD || "build/dueregard";
const pictures = process.env.DUEREGARD_SCREENSHOTS;
const pages = [
  "/", "/plan", "/plan/ses-2011", "/plan/ceo-2016", "/plan/edi-2020", "/actions",
  "/actions?due=ended&lead=held", "/actions/ses-2011-1-01", "/scorecard", "/scorecard/map",
  "/objectives/ceo-2012-1", "/objectives/ses-2011-1", "/measures",
  "/measures/bame-employees", "/measures/short-breaks", "/measures/staff-survey-action-plan",
  "/returns", "/reports/progress", "/accessibility", "/no-such-page",
];
const flags = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];
// Rules of taste are off, and three others: measures have the titles that councils gave them, rows the
// ids of their references (4.1), and a table that scrolls is a region by its role.
const validator = new HtmlValidate(new StaticConfigLoader({
  extends: ["html-validate:recommended"],
  rules: { "no-trailing-whitespace": "off", "void-style": "off", "doctype-style": "off",
           "long-title": "off", "valid-id": ["error", { relaxed: true }],
           "prefer-native-element": ["error", { exclude: ["region"] }] },
}));

let count = 0;
let failed = 0;
function check(name, problems) {
  count += 1;
  const holds = problems.length === 0;
  console.log(`${holds ? "ok" : "not ok"} ${count} - ${name}`);
  for (const problem of problems.slice(0, 10)) console.log(`# ${String(problem).slice(0, 400)}`);
  failed += holds ? 0 : 1;
}

async function serve(workspace) {
  const server = spawn(program, ["serve", "--quiet"],
                       { env: { ...process.env, DUEREGARD_WORKSPACE: workspace } });
  const address = await new Promise((found, lost) => {
    let words = "";
    server.stdout.on("data", (bytes) => {
      words += bytes;
      const match = words.match(/http:\/\/[0-9.]+:\d+/);
      if (match) found(match[0]);
    });
    server.on("exit", () => lost(new Error("the server ended")));
  });
  return { server, address };
}

async function audit(page) {
  await page.evaluate(axe);
  const result = await page.evaluate(() => window.axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  }));
  return result.violations.map((one) =>
    `${one.id}: ${one.help}: ${one.nodes.slice(0, 3).map((node) => node.html).join(" | ")}`);
}

async function visit(browser, address, path, javaScriptEnabled) {
  // The policy of the pages allows no script at all; axe is put in past it. Without JavaScript the
  // policy holds, and what it forbids is an error in the console.
  const context = await browser.newContext({ javaScriptEnabled, bypassCSP: javaScriptEnabled,
                                             viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  const errors = [];
  page.on("console", (message) => {
    if (message.type() === "error" && !message.text().includes("404")) errors.push(message.text());
  });
  page.on("pageerror", (error) => errors.push(error.message));
  const answer = await page.goto(address + path);
  const how = javaScriptEnabled ? "" : " without JavaScript";
  const wanted = path === "/no-such-page" ? 404 : 200;
  check(`${path}${how} answers`, answer.status() === wanted ? [] : [answer.status()]);
  check(`${path}${how} has one h1`, (await page.locator("h1").count()) === 1 ? [] : ["not one h1"]);
  check(`${path}${how} has no error in the console`, errors);
  if (javaScriptEnabled) {
    check(`${path} has no violation that axe finds`, await audit(page));
    const report = await validator.validateString(await answer.text());
    check(`${path} is valid HTML`, report.results.flatMap((result) => result.messages
      .filter((message) => message.severity === 2)
      .map((message) => `${message.line}: ${message.ruleId}: ${message.message}`)));
    for (const width of [320, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      check(`${path} does not scroll sideways at ${width} pixels`,
            wide <= width ? [] : [`it is ${wide} pixels wide`]);
      if (pictures) {
        const name = path.slice(1).replaceAll("/", "-") || "home";
        await page.screenshot({ path: join(pictures, `${name}-${width}.png`) });
      }
    }
  }
  await context.close();
}

const folder = mkdtempSync(join(tmpdir(), "dueregard-browser-"));
let server;
try {
  const workspace = join(folder, "workspace");
  execFileSync(program, ["demo", "--workspace", workspace]);
  const started = await serve(workspace);
  server = started.server;
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: flags });
  for (const path of pages) {
    await visit(browser, started.address, path, true);
    await visit(browser, started.address, path, false);
  }
  await browser.close();
} catch (error) {
  check("the pages can be tested", [error.stack || error]);
} finally {
  server?.removeAllListeners("exit");
  server?.kill();
  rmSync(folder, { recursive: true, force: true });
}
console.log(`1..${count}`);
process.exit(failed ? 1 : 0);
