// A file of values on its way in through the browser: what it would change, what is wrong
// with which row, the rows to mend as a file, and only then the import; sent again it changes nothing.
import { readFileSync } from "node:fs";
import { check, enter, examine, openContext, run, withServer } from "./support.mjs";

const file = `measure,unit,period,value,reason
bame-employees,council,2011-12-Q1,39.1,
bame-employees,council,2011-12-Q2,about forty,
bame-employees,nowhere,2011-12-Q3,39.6,
bame-employees,council,2012-13-Q1,40.5,Recounted
`;

const chosen = (name, text) => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
const values = (workspace) => run(workspace, "export", "values").split("\n").filter((line) => line.startsWith("bame-employees,council"));
const words = async (page) => (await page.locator("main").innerText()).replaceAll(/\s+/g, " ");

async function see(page, workspace) {
  const before = values(workspace);
  await page.getByLabel("What the rows are").selectOption("value");
  await page.locator("#file").setInputFiles(chosen("values.csv", file));
  await page.getByRole("button", { name: "Show what it would change" }).click();
  await examine(page, "import-check");
  const said = await words(page);
  for (const one of ["Rows read: 4. New: 1. Changed: 1. As they were: 0. Refused: 2.", "Nothing is written yet",
                     "Row 3 Value: \"about forty\" is not a number", "Row 4 Unit: there is no unit", "from \"40.23\" to \"40.5\""])
    check(`the check says ${one}`, said.includes(one) ? [] : [said]);
  check("nothing is written yet", String(values(workspace)) === String(before) ? [] : ["it is"]);
}

async function mend(page) {
  const [fetched] = await Promise.all([
    page.waitForEvent("download"), page.getByRole("button", { name: "Fetch the refused rows to mend" }).click(),
  ]);
  const text = readFileSync(await fetched.path(), "utf8");
  const lines = text.trim().split(/\r?\n/);
  check("the rows to mend come as a file, each with its problem", lines.length === 3 && text.includes("about forty") &&
        text.includes("nowhere") ? [] : [text]);
}

async function take(page, workspace) {
  await page.getByRole("button", { name: "Take these rows in" }).click();
  await examine(page, "import-taken");
  const said = await words(page);
  check("what went in is said, and what stayed out", said.includes("The rows are taken in") &&
        said.includes("Refused: 2") ? [] : [said]);
  const now = values(workspace);
  check("and it is on record", now.some((line) => line.includes("2011-12-Q1,,,,39.1,")) &&
        now.some((line) => line.includes("40.5") && line.includes("Recounted")) ? [] : now);
}

/** A whole file goes back to the form with a banner; the same file again has nothing to take in. */
async function again(page, address) {
  await page.goto(`${address}/import?kind=value`);
  check("the address chooses the kind", (await page.locator("#kind").inputValue()) === "value" ? [] : ["it does not"]);
  await page.locator("#file").setInputFiles(chosen("whole.csv", "measure,unit,value\nbame-employees,council,38.7\n"));
  await page.getByText("What the file does not say").click();
  await page.getByLabel("Period").fill("2010-11-Q4");
  await page.getByRole("button", { name: "Show what it would change" }).click();
  await page.getByRole("button", { name: "Take these rows in" }).click();
  check("a file that is whole is done with a word", (await page.getByText("The rows are taken in").count()) ? [] : [await words(page)]);
  await page.goto(`${address}/import?kind=value`);
  await page.locator("#file").setInputFiles(chosen("whole.csv", "measure,unit,period,value\nbame-employees,council,2010-11-Q4,38.7\n"));
  await page.getByRole("button", { name: "Show what it would change" }).click();
  const said = await words(page);
  check("sent again it changes nothing, and there is nothing to press", said.includes("This file changes nothing") &&
        !(await page.getByRole("button", { name: "Take these rows in" }).count()) ? [] : [said]);
}

async function mistakes(page, address) {
  for (const [name, kind, text, wanted] of [
    ["no file", "value", null, "Choose the file"], ["no kind", "", "a,b\n1,2\n", "Choose what the rows are"],
    ["no table", "value", "\0\0\0\0", "There is a problem"], ["other headings", "value", "colour,size\nred,5\n", "no heading row"]]) {
    await page.goto(`${address}/import`);
    if (kind) await page.locator("#kind").selectOption(kind);
    if (text !== null) await page.locator("#file").setInputFiles(chosen("x.csv", text));
    await page.getByRole("button", { name: "Show what it would change" }).click();
    const said = await words(page);
    check(`${name} is told beside the field`, said.includes(wanted) && (await page.title()).startsWith("Error: ") ? [] : [said]);
  }
}

await withServer(["--demonstration"], async (browser, address, workspace) => {
  const { page, errors } = await openContext(browser, true);
  await enter(page, address, workspace, "officer", "policy-officer");
  await page.goto(`${address}/import`);
  await examine(page, "import");
  await see(page, workspace);
  await mend(page);
  await take(page, workspace);
  await again(page, address);
  await mistakes(page, address);
  check("no page of the import has an error in the console", errors);
});
