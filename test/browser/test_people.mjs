// The HR data officer's pages: an extract is looked at, its labels mended, sealed, and its profile read; nobody
// else comes near them.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { check, checkHtml, enter, examine, openContext, says, withServer } from "./support.mjs";

// Made-up people: the ethnic group of the last is written in a way that no list knows.
const groups = ["Indian", "White - British", "White - British", "Black African", "", "Prefer not to say", "Indain"];
const extract = [
  "Staff number,Full name,Gender,Ethnic origin,Directorate,Annual Salary,Start date",
  ...Array.from({ length: 42 }, (_, index) => [
    `E${index}`, `Made Up ${index}`, index % 3 ? "F" : "M", groups[index % groups.length],
    index % 2 ? "Adults & Health" : "Place", `£${20 + index}k`, "13/04/2015"].join(",")),
].join("\n");

async function fill(page) {
  await page.setInputFiles("#file", { name: "staff.csv", mimeType: "text/csv", buffer: Buffer.from(extract) });
  await page.locator("#taken_on").fill("31/3/2026");
}

// An extract larger than any other form may be, and who may not send it.
async function large(browser, address, workspace) {
  const { context, page } = await openContext(browser, true);
  await enter(page, address, workspace, "lara", "hr-data-officer");
  await page.goto(address + "/people/import");
  const rows = Array.from({ length: 150000 }, (_, index) => `E${index},${index % 3 ? "F" : "M"},White - British,Place,` +
    `${20000 + index % 9000},13/04/2015,${"x".repeat(40)}`);
  const bytes = Buffer.from("Staff number,Gender,Ethnic origin,Directorate,Annual Salary,Start date,Notes\n" + rows.join("\n"));
  check("it is larger than 8 MiB", bytes.length > 8 * 1024 * 1024 ? [] : [bytes.length]);
  await page.setInputFiles("#file", { name: "large.csv", mimeType: "text/csv", buffer: bytes });
  await page.locator("#taken_on").fill("31/3/2026");
  await page.getByRole("button", { name: "Show how it is read" }).click();
  await says(page, "a large extract is read", "Rows read: 150000");
  const held = await page.locator("input[name=held]").first().inputValue();
  await page.locator("#snapshot_title").fill("Large");
  await page.locator("#code").fill("large");
  const other = await openContext(browser, true);
  await enter(other.page, address, workspace, "otto", "hr-data-officer");
  await other.page.goto(address + "/people/import");
  await other.page.evaluate((token) => {
    for (const [name, value] of [["held", token], ["held_name", "large.csv"]]) {
      const input = Object.assign(document.createElement("input"), { type: "hidden", name, value });
      document.querySelector("main form").append(input);
    }
  }, held);
  await other.page.locator("#taken_on").fill("31/3/2026");
  await other.page.getByRole("button", { name: "Show how it is read" }).click();
  await says(other.page, "another officer cannot have it", "is not held any more, or is another");
  await other.context.close();
  await page.getByRole("button", { name: "Seal the snapshot" }).click();
  await says(page, "and sealed without being sent again", "Records counted: 150,000.");
  await context.close();
  const refused = await fetch(address + "/people/import", { method: "POST", body: bytes,
    headers: { "Content-Type": "multipart/form-data; boundary=x" } }).then((answer) => answer.status, () => "cut off");
  check("nobody else may send so much", [413, "cut off"].includes(refused) ? [] : [refused]);
}

// Who had a case, by a file of cases that meets the sealed people by number and is not kept.
async function outcomes(browser, address, workspace) {
  const { context, page } = await openContext(browser, true);
  await enter(page, address, workspace, "olga", "hr-data-officer");
  await page.goto(address + "/people/parts");
  await page.getByRole("link", { name: "Outcomes by group" }).click();
  await examine(page, "people-outcome");
  await page.getByRole("button", { name: "Compare" }).click();
  await says(page, "something must be asked", "Choose a file of cases, or say what a column says");
  // Men are every third: 2 of 14 men have a case, one of them two; 4 of 28 women.
  const numbers = ["E0", "E0", "E3", "E1", "E2", "E4", "E5", "E999"];
  const cases = "Staff number,Case type,Opened\n" + numbers.map((number, index) =>
    `${number},Disciplinary,0${index + 1}/05/2025`).join("\n") + "\nE7,Grievance,09/05/2025\n";
  await page.setInputFiles("#cases", { name: "cases.csv", mimeType: "text/csv", buffer: Buffer.from(cases) });
  await page.locator("#where").fill("Case type=Disciplinary");
  await page.getByRole("button", { name: "Compare" }).click();
  await examine(page, "people-outcome answered");
  const rows = await page.locator("table tbody tr").allInnerTexts();
  check("people with cases, and cases per 1,000 people", /Men\s+14\s+2\s+14\.3%.*214\.3/s.test(rows[0]) &&
        /Women\s+28\s+4\s+14\.3%.*142\.9.*1\.00/s.test(rows[1]) ? [] : rows);
  await says(page, "what may be said stands in words", "95% interval", "No evidence");
  await says(page, "a number that nobody has is told", "Numbers among the cases that nobody here has: 1.");
  await page.setInputFiles("#cases", { name: "women.csv", mimeType: "text/csv", buffer: Buffer.from(
    "Staff number\n" + Array.from({ length: 42 }, (_, i) => i % 3 ? `E${i}` : "E0").join("\n")) });
  await page.locator("#where").fill("");
  await page.getByRole("button", { name: "Compare" }).click();
  await says(page, "what nobody wants is to the disadvantage of who has more of it", "It is to the disadvantage of");
  await page.locator("#outcome").fill("Directorate=Nowhere");
  await page.getByRole("button", { name: "Compare" }).click();
  await says(page, "a column's value that nobody has is said", "nobody has");
  await context.close();
}

// The extract in two files: shown and sealed as one, once sent.
async function parts(browser, address, workspace) {
  const { context, page } = await openContext(browser, true);
  await enter(page, address, workspace, "petra", "hr-data-officer");
  await page.goto(address + "/people/import");
  const lines = extract.split("\n");
  const part = (name, rows) => ({ name, mimeType: "text/csv", buffer: Buffer.from(rows.join("\n")) });
  await page.setInputFiles("#file", [part("north.csv", lines.slice(0, 21)),
    part("south.csv", ["Staff by place", lines[0], ...lines.slice(21), "Total,22"])]);
  await page.locator("#taken_on").fill("31/3/2026");
  await page.getByRole("button", { name: "Show how it is read" }).click();
  await examine(page, "people-import with two files");
  const files = await page.locator("table", { hasText: "The files, read as one extract" }).locator("tbody tr").allInnerTexts();
  check("each file is shown with its rows", files.length === 2 && /north\.csv.*20/s.test(files[0]) &&
        /south\.csv.*23/s.test(files[1]) ? [] : files);
  check("everybody of both is there, and the total is nobody",
        (await page.locator("main").innerText()).includes("42") ? [] : ["not 42"]);
  await says(page, "a problem names its file", "south.csv, Row 25");
  await says(page, "both are held", "north.csv, south.csv is held and need not be chosen again");
  await page.locator("#snapshot_title").fill("In parts");
  await page.locator("#code").fill("parts");
  await page.getByRole("button", { name: "Seal the snapshot" }).click();
  await says(page, "and sealed as one", "Records counted: 42.");
  await context.close();
}

async function officer(browser, address, workspace) {
  const { context, page, errors } = await openContext(browser, true);
  await enter(page, address, workspace, "hana", "hr-data-officer");
  await page.goto(address + "/people");
  await examine(page, "people, none yet");
  await checkHtml("people-import", await (await page.goto(address + "/people/import")).text());
  await examine(page, "people-import");
  await page.getByRole("button", { name: "Seal the snapshot" }).click();
  await examine(page, "people-import with problems");
  check("four problems lead to their fields",
        await page.locator(".govuk-error-summary a").count() === 4 ? [] : ["they do not"]);
  await fill(page);
  await page.getByRole("button", { name: "Show how it is read" }).click();
  await examine(page, "people-import read");
  await says(page, "what was read is shown", "Rows read: 42; rows that stay: 42; people: 42. Nothing is sealed yet.");
  check("a suggestion is chosen by likeness", await page.locator("#meaning-0").inputValue() ===
        "ethnicity-england-2021|A1" ? [] : [await page.locator("#meaning-0").inputValue()]);
  const lying = () => readdirSync(join(workspace, "uploads"));
  check("the file is held, and is noise", lying().length === 1 &&
        !readFileSync(join(workspace, "uploads", lying()[0])).includes("Made Up") ? [] : lying());
  await page.locator("#snapshot_title").fill("Workforce, March 2026");
  await page.locator("#code").fill("workforce-2026");
  await page.getByText("Say what a column is").click();
  await page.getByRole("combobox", { name: "Read Directorate as" }).selectOption({ label: "Grade or pay band" });
  await page.getByRole("button", { name: "Show how it is read" }).click();
  await says(page, "a column is what was chosen", "Grade or pay band");
  check("and stays so", await page.locator("#column-4").inputValue() === "grade=Directorate" ? [] : ["it does not"]);
  await page.getByText("Say what a column is").click();
  await examine(page, "people-import with its columns");
  await page.locator("#column-4").selectOption({ label: "As it was found" });
  await page.getByRole("button", { name: "Show how it is read" }).click();
  await page.getByRole("button", { name: "Remember these meanings" }).click();
  await examine(page, "people-import remembered");
  await says(page, "meanings are remembered, and the file is read with them", "Remembered for this and every later extract",
             "staff.csv is held and need not be chosen again");
  check("no label is left", await page.locator("#meaning-0").count() === 0 ? [] : ["some is"]);
  await page.getByRole("button", { name: "Seal the snapshot" }).click();
  await says(page, "the snapshot is sealed", "The snapshot is sealed");
  check("nothing is held any more", lying().length === 0 ? [] : lying());
  await examine(page, "people-profile");
  const profile = await page.goto(address + "/people/workforce-2026");
  await checkHtml("people-profile", await profile.text());
  await says(page, "everybody is counted", "Records counted: 42.");
  await says(page, "answers are apart from states", "Answered: 30 of 42.");
  await says(page, "the small counts' warning stands", "small counts here are not protected");
  check("the five groups are drawn", await page.locator("figure svg, .app-chart svg").count() >= 2 ? [] : ["no chart"]);
  await page.getByRole("link", { name: "Adults & Health" }).click();
  await says(page, "one directorate alone", "Records counted: 21.");
  await page.getByRole("combobox", { name: "Compare with" }).selectOption({ label: "Harrow, Census 2021" });
  await page.getByRole("button", { name: "Compare" }).click();
  await says(page, "compared with the borough, still one directorate alone", "Records counted: 21.");
  await says(page, "where the benchmark is from stands beside", "Census 2021");
  check("the borough's share stands beside the group's", await page.locator("tr", { hasText: "Asian or Asian British" })
    .first().innerText().then((words) => words.includes("45.2%") ? [] : [words]));
  await examine(page, "people-compared");
  const secret = await page.goto(address + "/people/workforce-2026?benchmark=/etc/passwd");
  check("a benchmark is a name, never a file", secret.status() === 404 ? [] : [secret.status()]);
  const answer = await page.goto(address + "/people/workforce-2026?unit=Nowhere");
  check("a unit that is not there is not found", answer.status() === 404 ? [] : [answer.status()]);
  const list = await page.goto(address + "/people");
  await checkHtml("people", await list.text());
  await examine(page, "people");
  await says(page, "the snapshot is listed", "Workforce, March 2026");
  check("no page has an error in the console", errors.filter((error) => !String(error).includes("404")));
  await context.close();
}

async function others(browser, address, workspace) {
  const { context, page } = await openContext(browser, true);
  await enter(page, address, workspace, "paul", "policy-officer");
  for (const path of ["/people", "/people/import", "/people/workforce-2026"]) {
    const answer = await page.goto(address + path);
    check(`${path} is not for a policy officer`, answer.status() === 403 ? [] : [answer.status()]);
  }
  await page.goto(address + "/");
  check("and does not stand in their navigation",
        await page.locator("nav a[href='/people']").count() === 0 ? [] : ["it does"]);
  await context.close();
}

await withServer([], async (browser, address, workspace) => {
  await officer(browser, address, workspace);
  await others(browser, address, workspace);
  await parts(browser, address, workspace);
  await outcomes(browser, address, workspace);
  await large(browser, address, workspace);
});
