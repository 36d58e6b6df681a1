// Signing in, one's own account, and the accounts of others, as people meet them; with the keyboard alone,
// and without JavaScript.
import { check, checkHtml, examine, openContext, run, withServer } from "./support.mjs";

const password = "umbrella violet canyon 7";

function invite(workspace, code, role) {
  const words = run(workspace, "account", "add", code, "--name", `${code} Made-Up`, "--email",
                    `${code}@example.invalid`);
  run(workspace, "account", "grant", code, role);
  return words.match(/\/invitation\/[\w-]{43}/)[0];
}

/** Types into the fields that the keyboard reaches one after the other, and presses Enter. */
async function typeThrough(page, words) {
  await page.locator("#main-content input:not([type=hidden])").first().focus();
  for (const [index, word] of words.entries()) {
    if (index) await page.keyboard.press("Tab");
    await page.keyboard.type(word);
  }
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
}

async function demonstration(browser, address, lines) {
  const links = [...lines.matchAll(/^(Demonstration .*)\n\s+(\S+)$/gm)];
  check("there are five links", links.length === 5 ? [] : [lines]);
  for (const [, name, link] of links.slice(0, 1)) {
    const { context, page, errors } = await openContext(browser, false);
    await page.goto(link);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("link", { name: "Your account" }).click();
    check(`${name} signs in without JavaScript`,
          (await page.locator("main").innerText()).includes(name) ? [] : ["is not named"]);
    check("and no page breaks its own policy", errors);
    await context.close();
  }
}

async function administrator(browser, address, workspace) {
  const { context, page, errors } = await openContext(browser, true);
  await page.goto(address + invite(workspace, "ada", "administrator"));
  await examine(page, "invitation");
  await typeThrough(page, ["short", "short"]);
  await examine(page, "invitation with a problem");
  check("the summary leads to the field", await page.locator("a[href='#password']").count() === 1 &&
        await page.locator("#password").count() === 1 ? [] : ["it does not"]);
  await typeThrough(page, [password, password]);
  await examine(page, "sign-in");
  await typeThrough(page, ["ada@example.invalid", "not this one"]);
  await examine(page, "sign-in refused");
  await typeThrough(page, ["", ""]);
  await page.locator("#email").fill("ada@example.invalid");
  await page.locator("#password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.goto(address + "/accounts/new");
  await examine(page, "account-new");
  await typeThrough(page, ["Lee Made-Up", "lee@example.invalid", "lee"]);
  await examine(page, "account");
  await page.getByLabel("Contributor", { exact: true }).check();
  await page.getByRole("combobox", { name: "Unit" }).selectOption({ label: "Resources and Commercial" });
  await page.getByRole("button", { name: "Grant role" }).click();
  check("a role is granted", (await page.locator("main").innerText()).includes("The role was granted")
    ? [] : [await page.locator("main").innerText()]);
  await page.getByRole("button", { name: /Make a link/ }).click();
  await examine(page, "account-invited");
  for (const path of ["/accounts", "/accounts/lee", "/account", "/account/codes", "/account/password",
                      "/account/prove?next=%2Faccounts"]) {
    const answer = await page.goto(address + path);
    await checkHtml(path, await answer.text());
    await examine(page, path);
  }
  check("no page has an error in the console", errors);
  await context.close();
}

async function auditor(browser, address, lines) {
  const { context, page, errors } = await openContext(browser, true);
  await page.goto(lines.match(/Demonstration auditor\n\s+(\S+)/)[1]);
  await examine(page, "demonstration");
  await page.getByRole("button", { name: "Sign in" }).click();
  for (const path of ["/audit", "/audit?who=demo-auditor&from=nonsense", "/audit/3"]) {
    const answer = await page.goto(address + path);
    await checkHtml(path, await answer.text());
    await examine(page, path);
  }
  check("no page of the audit has an error in the console", errors);
  await context.close();
}

async function reader(browser, address, workspace) {
  run(workspace, "report", "progress", "--period", "2012-13-Q1", "--freeze", "q1", "--reason", "as published in 2012");
  const words = run(workspace, "share", "make", "q1", "--for", "Made-up union", "--to",
                    new Date(Date.now() + 864e5).toISOString().slice(0, 10));
  const { context, page, errors } = await openContext(browser, true);
  const answer = await page.goto(address + words.match(/\/shared\/[\w-]{43}/)[0]);
  await checkHtml("shared", await answer.text());
  await examine(page, "shared");
  check("no shared page has an error in the console", errors);
  await context.close();
}

await withServer(["--demonstration"], async (browser, address, workspace, lines) => {
  await demonstration(browser, address, lines);
  await auditor(browser, address, lines);
  await administrator(browser, address, workspace);
  await reader(browser, address, workspace);
});
