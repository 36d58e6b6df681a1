// What the browser tests share: the real program, a real Chromium, axe, and TAP on standard output. DUEREGARD
// names the program; with DUEREGARD_SCREENSHOTS a folder, pictures at 320 and 1280 pixels are left there.
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
export function check(name, problems) {
  count += 1;
  const holds = problems.length === 0;
  console.log(`${holds ? "ok" : "not ok"} ${count} - ${name}`);
  for (const problem of problems.slice(0, 10)) console.log(`# ${String(problem).slice(0, 1000)}`);
  failed += holds ? 0 : 1;
}

/** Starts the server over a workspace; `lines` are what it printed. */
async function serve(workspace, options) {
  const server = spawn(program, ["serve", "--quiet", ...options],
                       { env: { ...process.env, DUEREGARD_WORKSPACE: workspace } });
  let lines = "";
  const address = await new Promise((found, lost) => {
    server.stdout.on("data", (bytes) => {
      lines += bytes;
      const match = lines.match(/http:\/\/[0-9.]+:\d+/);
      const isWhole = !options.includes("--demonstration") ||
                      lines.match(/sign-in\/demonstration\/[\w-]{43}\n/g)?.length === 5;
      if (match && isWhole) found(match[0]);
    });
    server.on("exit", () => lost(new Error("the server ended")));
  });
  return { server, address, lines };
}

async function audit(page) {
  await page.evaluate(axe);
  const result = await page.evaluate(() => window.axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  }));
  return result.violations.map((one) =>
    `${one.id}: ${one.help}: ${one.nodes.slice(0, 3).map((node) => node.html).join(" | ")}`);
}

/** A new context whose errors in the console are gathered in `errors`; what the policy of the pages
 * forbids is one of them. */
export async function openContext(browser, javaScriptEnabled) {
  const context = await browser.newContext({ javaScriptEnabled, viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  const errors = [];
  page.on("console", (message) => {
    if (message.type() === "error" && !/status of (404|401|403)/.test(message.text())) errors.push(message.text());
  });
  page.on("pageerror", (error) => errors.push(error.message));
  return { context, page, errors };
}

/** In tables whose rows stack on a narrow screen, cells that are not told by the heading of their column. */
function bareCells() {
  return [...document.querySelectorAll(".app-table--stacks")].flatMap((table) => {
    const headings = [...table.querySelectorAll("thead th")].map((heading) => heading.textContent.trim());
    if (getComputedStyle(table).display !== "block") return ["a table does not stack"];
    return [...table.querySelectorAll("tbody tr")].flatMap((row) => {
      const before = headings.length - row.cells.length; // a heading of several rows is in the first only
      return [...row.cells].filter((cell, at) => cell.tagName === "TD" && cell.dataset.label !== headings[at + before])
        .map((cell) => cell.outerHTML);
    });
  });
}

/** Looks at the page that is shown, at both widths: axe, one h1, no sideways scroll; leaves pictures. */
export async function examine(page, name) {
  check(`${name} has one h1`, (await page.locator("h1").count()) === 1 ? [] : ["not one h1"]);
  for (const width of [641, 820]) { // between the widths of a telephone and of a desk
    await page.setViewportSize({ width, height: 900 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    check(`${name} does not scroll sideways at ${width} pixels`, wide <= width ? [] : [`it is ${wide} pixels wide`]);
  }
  for (const width of [320, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    check(`${name} has no violation that axe finds at ${width} pixels`, await audit(page));
    if (width === 320) check(`${name}: rows that stack have their columns' headings`, await page.evaluate(bareCells));
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    check(`${name} does not scroll sideways at ${width} pixels`,
          wide <= width ? [] : [`it is ${wide} pixels wide`]);
    if (pictures) {
      const file = name.replace(/^\//, "").replaceAll(/[^\w-]+/g, "-") || "home";
      await page.screenshot({ path: join(pictures, `${file}-${width}.png`), fullPage: true });
    }
  }
}

/** Signs one of the demonstration's people in, in a browser of their own. */
export async function signIn(browser, lines, who, javaScript) {
  const link = lines.match(new RegExp(`^${who}\\n\\s+(\\S+)$`, "m"))[1];
  const { context, page, errors } = await openContext(browser, javaScript);
  await page.goto(link);
  await page.getByRole("button", { name: "Sign in" }).click();
  return { context, page, errors };
}

/** Whether the bytes of an answer are valid HTML. */
export async function checkHtml(name, text) {
  const report = await validator.validateString(text);
  check(`${name} is valid HTML`, report.results.flatMap((result) => result.messages
    .filter((message) => message.severity === 2)
    .map((message) => `${message.line}: ${message.ruleId}: ${message.message}`)));
}

/** Runs the program on the workspace; gives what it printed. */
export function run(workspace, ...words) {
  return execFileSync(program, [...words, "--workspace", workspace], { encoding: "utf8" });
}

const password = "umbrella violet canyon 7";

/** Makes an account with that role (and further words of `account grant`) and signs in to it. */
export async function enter(page, address, workspace, code, ...grant) {
  const words = run(workspace, "account", "add", code, "--name", `${code} Made-Up`, "--email",
                    `${code}@example.invalid`);
  run(workspace, "account", "grant", code, ...grant);
  await page.goto(address + words.match(/\/invitation\/[\w-]{43}/)[0]);
  for (const field of await page.locator("main input[type=password]").all()) await field.fill(password);
  await page.locator("main button[type=submit]").click();
  await page.locator("#email").fill(`${code}@example.invalid`);
  await page.locator("#password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** Whether the page's main part has all those words. */
export async function says(page, name, ...words) {
  const text = (await page.locator("main").innerText()).replaceAll(/\s+/g, " ");
  const missing = words.filter((one) => !text.includes(one.replaceAll(/\s+/g, " ")));
  check(name, missing.length ? [`${missing.join(" / ")} is not in: ${text.slice(0, 1500)}`] : []);
}

/** Runs `test(browser, address, workspace, lines)` over a demonstration workspace, and ends. */
export async function withServer(options, test) {
  const folder = mkdtempSync(join(tmpdir(), "dueregard-browser-"));
  let server;
  try {
    const workspace = join(folder, "workspace");
    execFileSync(program, ["demo", "--workspace", workspace]);
    const started = await serve(workspace, options);
    server = started.server;
    const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: flags });
    await test(browser, started.address, workspace, started.lines);
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
}
