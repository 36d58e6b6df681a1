// What JavaScript adds to pages that work without it: the menu folds on a narrow screen, counters count in the
// page's language, what is typed is kept as a draft, and before a session ends a warning says so.
import { check, examine, run, signIn, withServer } from "./support.mjs";

const row = "/returns/2012-13-Q2/community-health-wellbeing/rows/2.7";

async function menuFolds(page, address) {
  await page.setViewportSize({ width: 320, height: 800 });
  await page.goto(address + "/scorecard");
  const menu = page.locator("#navigation");
  const toggle = page.getByRole("button", { name: "Menu" });
  await toggle.waitFor();
  check("the menu is folded", (await menu.isVisible()) ? ["it is not"] : []);
  await toggle.click();
  check("and unfolds", (await menu.isVisible()) ? [] : ["it does not"]);
  const here = await menu.locator("a[aria-current=page]").innerText();
  check("and says where one is", here.trim() === "Progress" ? [] : [here]);
  const within = await page.locator(".app-sub-navigation a[aria-current=page]").innerText();
  check("and where within that part", within.trim() === "Scorecard" ? [] : [within]);
  await examine(page, "menu unfolded");
}

/** Whoever has most entries has them on one line where there is room, and one part of them at a time below. */
async function menuFits(page, address) {
  await page.setViewportSize({ width: 1280, height: 800 });
  for (const path of ["/scorecard", "/roll-over", "/returns/2012-13-Q1/board"]) {
    await page.goto(address + path);
    const tops = await page.locator(".govuk-service-navigation__service-name, .govuk-service-navigation__item")
      .evaluateAll((items) => [...new Set(items.map((item) => Math.round(item.getBoundingClientRect().bottom)))]);
    check(`the navigation of ${path} is one line`, tops.length === 1 ? [] : [`bottoms at ${tops}`]);
    const second = await page.locator(".app-sub-navigation__item").evaluateAll(
      (items) => new Set(items.map((item) => item.offsetTop)).size);
    check(`what is in that part of ${path} is one line`, second === 1 ? [] : [`${second} lines`]);
  }
}

async function countersCount(page, address, home, words) {
  await page.goto(address + home + row);
  const progress = page.locator("#progress");
  const most = Number(await page.locator("[data-maxlength]:has(#progress)").getAttribute("data-maxlength"));
  await progress.fill("x".repeat(most - 3));
  const message = page.locator(".govuk-character-count__status, .govuk-character-count__message").filter({ hasText: words });
  await message.first().waitFor();
  check(`the counter says: ${words}`, (await message.count()) > 0 ? [] : ["it does not"]);
}

function drafted(workspace) {
  const rows = JSON.parse(run(workspace, "return", "show", "--period", "2012-13-Q2", "--unit",
                              "community-health-wellbeing", "--format", "json")).rows;
  return rows.find((one) => one.reference === "2.8").inputs.progress;
}

/** What is typed is on the server without a button, and the button then saves without a conflict with oneself. */
async function draftsAreKept(page, address, workspace) {
  await page.goto(address + row.replace("2.7", "2.8"));
  await page.waitForSelector("body.govuk-frontend-supported");
  await page.locator("#progress").fill("Half a sentence");
  await page.getByText("Kept as a draft.").waitFor();
  check("what is typed is kept", drafted(workspace) === "Half a sentence" ? [] : [drafted(workspace)]);
  await page.locator("#progress").fill("Half a sentence, and more");
  await page.getByText("Kept as a draft.").waitFor();
  await page.getByRole("button", { name: "Save and go to the list" }).click();
  check("and the button saves it without a conflict", page.url().includes("/community-health-wellbeing?") ? [] : [page.url()]);
  check("whole", drafted(workspace) === "Half a sentence, and more" ? [] : [drafted(workspace)]);
  await page.goto(address + row.replace("2.7", "2.8"));
  await page.locator("#progress").fill("Never sent");
  await page.route("**/rows/2.8", (route) => route.abort());
  await page.getByText("The draft could not be kept.").waitFor();
  check("what cannot be kept is told", drafted(workspace) === "Half a sentence, and more" ? [] : [drafted(workspace)]);
  await page.unroute("**/rows/2.8");
}

async function sessionIsWatched({ context, page }, address) {
  await page.clock.install();
  await page.goto(address + row);
  await page.waitForSelector("body.govuk-frontend-supported");
  const warning = page.locator("#session-warning");
  check("no warning at first", (await warning.isVisible()) ? ["it stands there"] : []);
  await page.clock.fastForward("26:00");
  check("the warning comes before the end, and has the focus",
        (await warning.evaluate((node) => !node.hidden && node === document.activeElement)) ? [] : ["it does not"]);
  await examine(page, "session warning");
  await page.getByRole("button", { name: "Stay signed in" }).click();
  await warning.waitFor({ state: "hidden" });
  await page.clock.fastForward("26:00");
  await context.clearCookies();
  await Promise.all([page.waitForEvent("requestfailed"), page.getByRole("button", { name: "Stay signed in" }).click()]);
  check("it stays when the session has ended", (await warning.isVisible()) ? [] : ["it went"]);
}

await withServer(["--demonstration"], async (browser, address, workspace, lines) => {
  run(workspace, "return", "open", "--period", "2012-13-Q2");
  const contributor = await signIn(browser, lines, "Demonstration contributor", true);
  await menuFolds(contributor.page, address);
  await menuFits((await signIn(browser, lines, "Demonstration policy officer", true)).page, address);
  await contributor.page.setViewportSize({ width: 1280, height: 900 });
  await countersCount(contributor.page, address, "", "You have 3 characters remaining");
  await countersCount(contributor.page, address, "/cy", "Mae gennych 3 nod ar ôl");
  check("nothing breaks the policy of the pages", contributor.errors);
  await draftsAreKept(contributor.page, address, workspace);
  await sessionIsWatched(contributor, address);
});
