// Tables of a snapshot on their way out, with and without JavaScript: chosen, protected with a report, released into the
// ledger, found there and downloaded; what would give somebody away is not released; others read, nothing more.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { check, checkHtml, enter, examine, openContext, run, says, withServer } from "./support.mjs";

const groups = ["Indian", "White - British", "White - British", "White - British", "Black African", "Chinese"];
// Made-up people: 240, two of them in Legal with a disability, six whose gender identity is another.
const extract = [
  "Staff number,Gender,Ethnic origin,Disability,Gender identity,Directorate,Annual salary",
  ...Array.from({ length: 240 }, (_, index) => [
    `E${index}`, index % 3 ? "F" : "M", groups[index % groups.length], index % 40 < 3 ? "Yes" : "No",
    index % 40 === 0 ? "No" : "Yes", index % 5 ? "Adults & Health" : "Legal",
    20000 + 100 * index].join(",")),
].join("\n");

/** The count of the row whose cells begin with these labels. */
async function countAt(page, table, labels) {
  for (const row of await page.locator(`h3:text-is("${table}") ~ .app-scroll`).first().locator("tbody tr").all()) {
    const cells = (await row.locator("th, td").allInnerTexts()).map((cell) => cell.replaceAll(/\s+/g, " ").trim());
    if (labels.every((label, index) => cells[index] === label)) return cells[labels.length];
  }
  return "no such row";
}

async function choose(page, tables, code, profile = "Public tables") {
  await page.locator("#tables").fill(tables);
  await page.getByRole("radio", { name: profile, exact: true }).check();
  await page.locator("#code").fill(code);
}

async function officer(browser, address, workspace) {
  const { context, page, errors } = await openContext(browser, true);
  await enter(page, address, workspace, "hana", "hr-data-officer");
  await page.goto(address + "/releases");
  await says(page, "nothing was released", "Nothing was released yet.");
  await page.getByRole("link", { name: "Release tables" }).click();
  await checkHtml("release-new", await (await page.goto(address + "/releases/new")).text());
  await examine(page, "release-new");
  await says(page, "the period is the snapshot's month", "Period of the counts");
  check("and stands in the form", await page.locator("#period").inputValue() === "2012-06" ? [] : ["it does not"]);
  await page.locator("#tables").fill("ethnicity*shoe-size");
  await page.getByRole("button", { name: "Show the protected tables" }).click();
  check("a release needs a name", await page.locator("#code-error").count() === 1 ? [] : ["it does not"]);
  await page.locator("#code").fill("staff-2012");
  await page.getByRole("button", { name: "Show the protected tables" }).click();
  await says(page, "a column that is not there is named with those that are", "has no category \"shoe-size\"");
  await choose(page, "ethnicity*unit-1\ndisability*unit-1", "staff-2012");
  await page.locator("#threshold").fill("4");
  await page.getByRole("button", { name: "Show the protected tables" }).click();
  await says(page, "the threshold is raised, never lowered", "that can be raised, not lowered");
  await page.locator("#threshold").fill("");
  await page.getByRole("button", { name: "Show the protected tables" }).click();
  await says(page, "what would go out is shown first", "Nothing is released yet.");
  await says(page, "with the report", "Profile public (Public tables)");
  await says(page, "and the attacker's levels", "Attacker, levels 0 to 2");
  check("a count is rounded", await countAt(page, "Ethnic group by Unit, level 1", ["Indian", "All"]) === "40"
    ? [] : [await countAt(page, "Ethnic group by Unit, level 1", ["Indian", "All"])]);
  check("a small one is hidden, in words too",
        await countAt(page, "Disability by Unit, level 1", ["Disabled", "Legal"]) === "[c] hidden" ? []
          : [await countAt(page, "Disability by Unit, level 1", ["Disabled", "Legal"])]);
  check("a chart is drawn of what is shown", await page.locator(".app-chart svg").count() === 2 ? [] : ["none"]);
  await examine(page, "release-new with tables");
  await page.getByRole("button", { name: "Release the tables" }).click();
  await says(page, "it is released", "The tables are released");
  await examine(page, "release");
  await checkHtml("release", await (await page.goto(address + "/releases/staff-2012")).text());
  await page.goto(address + "/releases/new");
  await choose(page, "sex", "staff-2012");
  await page.getByRole("button", { name: "Show the protected tables" }).click();
  await says(page, "a name is used once", "There is a release \"staff-2012\" already");
  check("no page has an error in the console", errors.filter((error) => !String(error).includes("404")));
  await amounts(page, address);
  await methods(page, address);
  await found(page, address);
  await context.close();
}

/** Gender identity is counted for everybody together on every way out. */
async function sensitive(page, address) {
  for (const [path, count] of [["/people/workforce-2012", 1], ["/people/workforce-2012?unit=Legal", 0]]) {
    await page.goto(address + path);
    check(`${path} ${count ? "has" : "has not"} gender identity`,
          await page.locator("h2:text-is('Gender identity')").count() === count ? [] : ["wrong"]);
  }
  await page.goto(address + "/releases/new");
  await choose(page, "gender-identity*sex", "identity");
  await page.getByRole("button", { name: "Show the protected tables" }).click();
  const crossed = await page.locator("tbody tr").evaluateAll((rows) => rows
    .map((row) => [...row.cells].map((cell) => cell.innerText.trim()))
    .filter((cells) => cells[0] !== "All" && cells[1] !== "All"));
  check("gender identity is crossed with nothing", crossed.length > 0 &&
        crossed.every((cells) => cells[2].startsWith("[c]")) ? [] : [JSON.stringify(crossed)]);
  check("and no chart shows it below the whole", await page.locator(".app-chart svg").count() === 0 ? [] : ["one does"]);
}

/** Means and medians stand beside counts that are shown, and are hidden with them. */
async function amounts(page, address) {
  await page.goto(address + "/releases/new");
  await choose(page, "disability*unit-1", "pay-2012");
  await page.getByLabel("Mean and median too").selectOption({ label: "Pay" });
  await page.getByRole("button", { name: "Show the protected tables" }).click();
  await says(page, "the report tells what they are of", "The means and medians are of: Pay.");
  const rows = await page.locator("tbody tr").evaluateAll((all) => all
    .map((row) => [...row.cells].map((cell) => cell.innerText.replaceAll(/\s+/g, " ").trim())));
  const at = (...labels) => rows.find((row) => labels.every((label, index) => row[index] === label)) ?? [];
  // 100 times 0 to 239, and 20000.
  check("mean and median are those of the people counted", at("All", "All").slice(-2).join() === "31,950,31,950" ? []
    : [JSON.stringify(at("All", "All"))]);
  check("where the count is hidden they are", at("Disabled", "Legal").slice(2).every((cell) => cell.startsWith("[c]")) ? []
    : [JSON.stringify(at("Disabled", "Legal"))]);
  await examine(page, "release-new with means");
  await page.getByRole("button", { name: "Release the tables" }).click();
  await says(page, "they are released", "The tables are released");
  check("and stand on its page", (await page.locator("thead th").allInnerTexts()).includes("Median") ? [] : ["they do not"]);
}

/** Methods that move counts are offered too, each explained, and judged with what was released before. */
async function methods(page, address) {
  await page.goto(address + "/releases/new");
  await page.getByText("What each way does, and when to choose it").click();
  await examine(page, "release-new with what each way does");
  for (const [profile, words] of [["Controlled rounding", "Rounded: every count to a multiple of 5"],
                                  ["Small count rounding", "so that no small count is left"],
                                  ["Cell keys", "the same people carry the same noise"]]) {
    await choose(page, "disability*unit-1", "moved", profile);
    await page.getByRole("button", { name: "Show the protected tables" }).click();
    await says(page, `${profile} is reported`, words);
    await says(page, `${profile} may go out`, "Nobody can be worked out from these tables");
    check(`${profile} does not show the true count`, await countAt(page, "Disability by Unit, level 1", ["Disabled", "Legal"]) !== "2"
      ? [] : ["it does"]);
  }
}

/** A release that gives a hidden count away with another is refused, with its certificate; asking again for it does
 * not help. */
async function exposing(page, address, workspace) {
  const answer = join(workspace, "answer.csv");
  writeFileSync(answer, "table,Disability,\"Unit, level 1\",count\nfoi,Disabled,Adults & Health,12\n");
  run(workspace, "ledger", "add", answer, "--release", "foi-12", "--population", "workforce", "--period", "2012-07",
      "--threshold", "10");
  await page.goto(address + "/releases/foi-12");
  await says(page, "a release made elsewhere shows its figures", "Unit, level 1 Adults & Health, Disability Disabled");
  await page.goto(address + "/releases/new");
  await choose(page, "disability*unit-1", "too-much", "Exact counts from 10");
  await page.locator("#period").fill("2012-07");
  await page.getByRole("button", { name: "Show the protected tables" }).click();
  await says(page, "it would give somebody away", "would give somebody away, so they are not released");
  await says(page, "with the certificate", "foi-12");
  check("no button releases it", await page.getByRole("button", { name: "Release the tables" }).count() === 0 ? [] : ["one does"]);
  // Who sends the form all the same gets no further.
  await page.locator("main form button").first().evaluate((button) => { button.value = "release"; });
  await page.locator("main form button").first().click();
  await says(page, "asked for all the same, it is refused", "would give somebody away, so they are not released");
  check("it is not on record", (await page.goto(address + "/releases/too-much")).status() === 404 ? [] : ["it is"]);
}

/** An answer to a request for information, from the question to the record, by a policy officer who may not count people. */
async function answers(browser, address, workspace) {
  const { context, page, errors } = await openContext(browser, true);
  await enter(page, address, workspace, "pia", "policy-officer");
  await page.goto(address + "/releases");
  await page.getByRole("link", { name: "Answer a request" }).click();
  await checkHtml("release-answer", await (await page.goto(address + "/releases/answer")).text());
  await examine(page, "release-answer");
  const look = () => page.getByRole("button", { name: "Check the answer" }).click();
  const answer = async (code, table, percentages = "") => {
    await page.goto(address + "/releases/answer");
    await page.locator("#percentages").fill(percentages);
    await page.locator("#table").fill(table);
    await page.locator("#population").fill("all staff");
    await page.locator("#period").fill("2012-09");
    await page.locator("#code").fill(code);
    await look();
  };
  await look();
  await says(page, "nothing typed is told", "Give the table of the answer, or its percentages, or both");
  await answer("", "", "16.13%, 47.58%, 1.61%");
  await says(page, "the three percentages of paper 004 are refused", "The percentages would tell of very few people",
             "Print whole per cent made from rounded counts");
  await examine(page, "release-answer refused");
  await answer("", "", "16%, 48%");
  await says(page, "whole ones tell of nobody", "Only a table can be put on record");
  await answer("FOI-1", "sex,disability,count\nF,Yes,3\n");
  await says(page, "a small count that is printed is refused", "would give somebody away", "is printed as it is",
             "choose a profile that rounds");
  await answer("FOI 1", "sex,count\n,241\n");
  check("a name that is none stands at its field", await page.locator("#code-error").count() === 1 ? [] : ["it does not"]);
  await answer("FOI-1", "sex,disability,count\n,,241\nF,,121\nM,,120\n,Yes,21\n,No,220\nF,Yes,[c]\nF,No,[c]\nM,Yes,[c]\nM,No,[c]\n");
  await says(page, "what tells of nobody may go out", "Nobody can be worked out from this answer");
  await page.getByRole("button", { name: "Put the answer on record" }).click();
  await says(page, "and is on record", "the ledger has every figure", "as it was typed");
  await answer("FOI-2", "sex,disability,count\nF,Yes,18\n");
  await says(page, "the next answer is held against it", "would give somebody away", "sex M, disability Yes", "18 (FOI-2)");
  check("without saying the count", (await page.locator("main").innerText()).includes("is 3") ? ["it says it"] : []);
  check("no page of answers has an error in the console", errors);
  await context.close();
}

async function found(page, address) {
  await page.goto(address + "/releases?q=disabled+legal");
  await says(page, "a release is found by what it counts", "staff-2012");
  await examine(page, "releases");
  await checkHtml("releases", await (await page.goto(address + "/releases")).text());
  await page.goto(address + "/releases?q=disabled+nowhere");
  await says(page, "and not by what it does not", "No release is like that.");
  await page.goto(address + "/releases?q=100%25");
  await says(page, "a per cent sign is no wildcard", "No release is like that.");
}

async function files(page, address) {
  const cookie = (await page.context().cookies()).map((one) => `${one.name}=${one.value}`).join("; ");
  for (const [ending, holds] of [["csv", "[c]"], ["json", "\"count_mark\": \"[c]\""], ["ods", "mimetype"]]) {
    const answer = await fetch(`${address}/releases/staff-2012/tables.${ending}`, { headers: { cookie } });
    const text = Buffer.from(await answer.arrayBuffer()).toString("latin1");
    check(`the ${ending} file is there`, answer.status === 200 && text.includes(holds) ? [] : [answer.status, text.slice(0, 300)]);
  }
  const answer = await fetch(`${address}/releases/staff-2012?format=json`, { headers: { cookie } });
  const model = await answer.json();
  const row = model.tables[1].rows.find((one) => one.first === "Disabled" && one.labels[0] === "Legal");
  check("as JSON the page hides the same", row?.count === "[c]" ? [] : [JSON.stringify(row)]);
}

async function others(browser, address, workspace) {
  const { context, page } = await openContext(browser, false);
  await enter(page, address, workspace, "mira", "committee-member");
  check("a committee member does not release", (await page.goto(address + "/releases/new")).status() === 403 ? [] : ["they may"]);
  await page.goto(address + "/releases/staff-2012");
  await says(page, "but reads what was released", "How this was protected");
  await page.goto(address + "/releases");
  check("and has no way to the form", await page.locator("main a[href='/releases/new']").count() === 0 ? [] : ["they have"]);
  await context.close();
}

await withServer([], async (browser, address, workspace) => {
  const path = join(workspace, "staff.csv");
  writeFileSync(path, extract);
  run(workspace, "snapshot", "import", "workforce-2012", path, "--on", "2012-06-30", "--title", "Workforce, June 2012");
  await officer(browser, address, workspace);
  const { context, page } = await openContext(browser, false);
  await enter(page, address, workspace, "hari", "hr-data-officer");
  await sensitive(page, address);
  await files(page, address);
  await exposing(page, address, workspace);
  await context.close();
  await others(browser, address, workspace);
  await answers(browser, address, workspace);
});
