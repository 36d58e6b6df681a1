// A return filled from the directorate's own scorecard, without JavaScript: sent, looked at as it is understood, its
// labels said once, and the next quarter's file taken without a question. What somebody wrote stays.
import { check, checkHtml, examine, openContext, run, says, signIn, withServer } from "./support.mjs";

const unit = "community-health-wellbeing";

/** Quarters over their columns, as a scorecard of a council has them; a title above, a measure that is not ours. */
function scorecard(quarter, budgets) {
  const over = ["", "", "", `Quarter ${quarter - 1}`, "", `Quarter ${quarter}`, "", "", "Commentary"];
  return [
    ["Adults and housing scorecard 2012/13"], over,
    ["PI", "Indicator", "Target", "Actual", "RAG", "Actual", "RAG", "Steer", ""],
    ["AH1", "New eligible service users given a personal budget", "100%", "90%", "A", budgets, "LG", "hold", "Two teams were short of staff."],
    ["AH2", "Adults with learning difficulties living in a home of their own", "70%", "68%", "A", "71.5%", "LG", "hold", ""],
    ["AH3", "Bed blocking days", "100", "120", "A", "99", "LG", "push", "Not an equality measure"],
    ["AH4", "Weekly tension monitoring", "Done", "Complete", "LG", "On track", "LG", "hold", ""],
  ].map((cells) => cells.map((cell) => (cell.includes(",") ? `"${cell}"` : cell)).join(",")).join("\n");
}

async function send(page, quarter, budgets) {
  await page.setInputFiles("#file", { name: `scorecard-q${quarter}.csv`, mimeType: "text/csv",
                                      buffer: Buffer.from(scorecard(quarter, budgets)) });
  await page.getByRole("button", { name: "Show what is understood" }).click();
}

/** The picture and axe need JavaScript, which the policy of the pages allows to no page: a second browser looks. */
async function look(looker, address, path, name) {
  const answer = await looker.page.goto(address + path);
  await checkHtml(name, await answer.text());
  await examine(looker.page, name);
}

async function firstQuarter(page, looker, address) {
  const home = `/returns/2012-13-Q2/${unit}`;
  await page.goto(`${address}${home}/rows/2.6`);
  await page.getByLabel("Value", { exact: true }).fill("70");
  await page.getByRole("button", { name: "Save and go to the list" }).click();
  await page.getByRole("link", { name: "Fill it from your directorate’s own scorecard" }).click();
  await page.getByRole("button", { name: "Show what is understood" }).click();
  await says(page, "without a file the field says so", "Choose the file");
  await send(page, 2, "95%");
  await says(page, "what is understood is shown before anything is kept", "Not filled in yet");
  await look(looker, address, `${home}/scorecard`, "return-scorecard asking");
  const steer = page.getByLabel("Steer");
  check("a column that is not understood is asked", (await steer.count()) === 1 ? [] : [await page.content()]);
  const measure = page.locator('[id="measure-2.6"]');
  const likeliest = await measure.evaluate((select) => select.selectedOptions[0].text).catch(() => "");
  check("the likeliest label is chosen", likeliest.startsWith("Adults with learning difficulties") ? [] : [likeliest]);
  await page.getByText("Measures that nothing in the file is like").click();
  await page.locator('[id="measure-2.7"]').selectOption({ label: "Weekly tension monitoring (B7)" });
  await page.getByRole("button", { name: "Fill in the return and remember this" }).click();
  await says(page, "a label stands for one measure only", "Choose this label for one measure only");
  await page.locator('[id="measure-2.7"]').selectOption({ index: 0 });
  await page.getByRole("button", { name: "Fill in the return and remember this" }).click();
  await says(page, "the return is filled", "From your scorecard");
  await page.goto(`${address}${home}/rows/2.1`);
  check("a value is in its box", (await page.getByLabel("Value", { exact: true }).inputValue()) === "95%" ? [] : ["it is not"]);
  await says(page, "with the cell", "From your scorecard: F4");
  await says(page, "and the file that it came from", "scorecard-q2.csv\nValue: F4\nRating: G4\nProgress in words: I4");
  await look(looker, address, `${home}/rows/2.1`, "return-row from a scorecard");
  await page.goto(`${address}${home}/rows/2.6`);
  check("what somebody wrote stays", (await page.getByLabel("Value", { exact: true }).inputValue()) === "70" ? [] : ["it did not"]);
  await page.goto(`${address}${home}/rows/8.3`);
  check("a milestone is read by its words", (await page.getByLabel("Milestone").inputValue()) === "on-track" ? [] : ["it is not"]);
  await look(looker, address, `${home}/scorecard`, "return-scorecard filled");
  await look(looker, address, `${home}/scorecard?all=1`, "return-scorecard changed");
}

async function secondQuarter(page, address) {
  await page.goto(`${address}/returns/2012-13-Q3/${unit}/scorecard`);
  await send(page, 3, "97%");
  await says(page, "the next quarter's file fills the return without a question", "The return is filled in from the scorecard");
  await page.goto(`${address}/returns/2012-13-Q3/${unit}/rows/2.6`);
  check("by what was said before", (await page.getByLabel("Value", { exact: true }).inputValue()) === "71.5%" ? [] : ["it is not"]);
  await page.goto(`${address}/returns/2012-13-Q3/${unit}/scorecard`);
  await send(page, 3, "98%");
  await page.goto(`${address}/returns/2012-13-Q3/${unit}/rows/2.1`);
  check("a newer file renews what an older one filled",
        (await page.getByLabel("Value", { exact: true }).inputValue()) === "98%" ? [] : ["it did not"]);
  await page.getByRole("button", { name: "Save and continue" }).click();
  check("and only gaps are asked", page.url().includes("/rows/2.2") ? [] : [page.url()]);
}

await withServer(["--demonstration"], async (browser, address, workspace, lines) => {
  for (const quarter of [2, 3]) run(workspace, "return", "open", "--period", `2012-13-Q${quarter}`);
  const contributor = await signIn(browser, lines, "Demonstration contributor", false);
  const looker = await openContext(browser, true);
  await looker.context.addCookies(await contributor.context.cookies());
  await firstQuarter(contributor.page, looker, address);
  await secondQuarter(contributor.page, address);
  await contributor.page.goto(`${address}/returns/2012-13-Q2/place-shaping/scorecard`);
  await says(contributor.page, "another directorate's scorecard is not theirs", "You cannot do this");
  check("no page breaks its own policy", contributor.errors);
  const audited = run(workspace, "audit");
  check("the audit is whole", audited.includes("whole") ? [] : [audited]);
});
