// The pay gap page and the trend over snapshots: for the HR data officer, for one whose grant is for a unit,
// and for nobody else. The figures are those of `dueregard paygap` on the same file.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { check, checkHtml, enter, examine, openContext, run, says, withServer } from "./support.mjs";

const groups = ["Indian", "White - British", "White - British", "Black African", "", "Prefer not to say",
                "White - British", "White - British", "Indian"];

// Made-up people, the same in every run.
function extract(count, raise) {
  let seed = 7;
  const next = (most) => { seed = (seed * 1103515245 + 12345) % 2147483648; return Math.floor(seed / 65536) % most; };
  const lines = ["Staff number,Gender,Ethnic origin,Disabled,Directorate,Division,Annual Salary,Weekly hours,Bonus," +
                 "Pay status,Date of birth,Start date"];
  for (let index = 0; index < count; index++) {
    const sex = next(10) < 6 ? "F" : "M";
    const pay = [24000, 25800, 28000, 31000, 36000, 48000][next(6)] + (sex === "M" && next(3) === 0 ? raise : 0);
    lines.push([`E${index}`, sex, groups[next(groups.length)], next(30) ? "No" : "Yes",
                next(2) ? "Adults & Health" : "Place", ["North", "South"][next(2)], pay, ["36", "18", "36"][next(3)],
                next(4) ? "" : "400", next(20) ? "Full pay" : "Maternity leave", `1${next(9)}/0${1 + next(9)}/19${60 + next(39)}`,
                "13/04/2015"].join(","));
  }
  return lines.join("\n");
}

/** With a minus sign, as pages write it: a hyphen is not read out. */
const minus = (figure) => figure.replace(/^-/, "\u2212");

async function figures(page, address, workspace) {
  const command = JSON.parse(run(workspace, "paygap", "--snapshot", "workforce-2026", "--format", "json"));
  await checkHtml("people-pay", await (await page.goto(address + "/people/workforce-2026/pay")).text());
  await examine(page, "people-pay");
  await says(page, "the six figures are those of the command", `Mean pay gap ${minus(command.mean_gap)}%`,
             `Median pay gap ${minus(command.median_gap)}%`, `Mean bonus gap ${minus(command.bonus.mean_gap)}%`,
             `Median bonus gap ${minus(command.bonus.median_gap)}%`, `Men paid a bonus ${command.bonus.men_percent}%`,
             `Women paid a bonus ${command.bonus.women_percent}%`);
  const upper = command.quarters[3];
  await says(page, "a band is a sentence", `(${upper.men_percent}%) of ${upper.people} are men, and ${upper.women} (${upper.women_percent}%) are women.`);
  await says(page, "who is left out stands with the reason", "on reduced pay because of leave");
  check("the bands are a picture with a name", await page.locator("svg#bands, svg[aria-labelledby^=bands]").count() === 1 ? [] : ["none"]);
  const csv = await page.request.get(address + "/people/workforce-2026/pay.csv");
  check("and a file", (await csv.text()).split("\n")[1].includes(command.mean_gap) ? [] : [await csv.text()]);
  const government = (await (await page.request.get(address + "/people/workforce-2026/pay/government.csv")).text()).split("\n");
  check("the government's columns", government[0].startsWith("EmployerName,EmployerId") &&
        government[1].includes(command.median_gap) && government[1].startsWith("Harrow") ? [] : government);
  await page.getByRole("link", { name: "Ethnic groups", exact: true }).click();
  await examine(page, "people-pay by ethnicity");
  await says(page, "groups are compared with the comparator", "The gap of each group, compared with: White British",
             "A group with fewer than 10 people is not compared");
  await page.getByRole("link", { name: "Disability" }).click();
  await examine(page, "people-pay by disability");
  await says(page, "a group that is too small has no figure", "a group is smaller than the least number");
  await page.goto(address + "/people/workforce-2026/pay?unit=Place");
  await examine(page, "people-pay of a unit");
  const unit = command.units.find((one) => one.unit === "Place");
  await says(page, "a unit has its own", `Mean pay gap ${minus(unit.mean_gap)}%`);
  for (const query of ["by=religion", "unit=Nowhere", "groups=none"]) {
    const answer = await page.goto(address + "/people/workforce-2026/pay?" + query);
    check(`${query} is not found`, answer.status() === 404 ? [] : [answer.status()]);
  }
}

async function trend(page, address, workspace) {
  const command = JSON.parse(run(workspace, "paygap", "--snapshot", "workforce-2024", "--format", "json"));
  await checkHtml("people-trend", await (await page.goto(address + "/people/trend")).text());
  await examine(page, "people-trend");
  await says(page, "headcount and pay gap of every snapshot", "Headcount 260 280 300",
             `Mean pay gap by sex ${minus(command.mean_gap)}%`);
  check("small charts stand beside each other", await page.locator(".app-multiples svg").count() >= 6 ? [] : ["too few"]);
  await page.getByRole("link", { name: "Sex" }).click();
  await says(page, "another characteristic", "Female", "Answered 100.0%");
  await page.goto(address + "/people/trend?unit=Place&by=disability");
  await examine(page, "people-trend of a unit");
  const csv = await (await page.request.get(address + "/people/trend.csv?by=sex")).text();
  check("a row for each figure", csv.includes("workforce-2025,2025-03-31,headcount,,280") ? [] : [csv]);
  for (const query of ["by=shoe-size", "unit=Nowhere"]) {
    const answer = await page.request.get(address + "/people/trend?" + query);
    check(`the trend of ${query} is not found`, answer.status() === 404 ? [] : [answer.status()]);
  }
}

async function officer(browser, address, workspace) {
  const { context, page, errors } = await openContext(browser, true);
  await enter(page, address, workspace, "hana", "hr-data-officer");
  await figures(page, address, workspace);
  await trend(page, address, workspace);
  check("no page has an error in the console", errors);
  await context.close();
}

async function scoped(browser, address, workspace) {
  const { context, page } = await openContext(browser, true);
  await enter(page, address, workspace, "stan", "hr-data-officer", "--unit", "place");
  await page.goto(address + "/people/workforce-2026/pay");
  await says(page, "who may see one unit is shown that unit", "Pay gaps: Place");
  await page.goto(address + "/people/workforce-2026");
  const text = await page.locator("main").innerText();
  check("and no other stands there", !text.includes("Adults & Health") && !text.includes("The whole workforce") ? [] : [text]);
  for (const path of ["/people/workforce-2026?unit=Adults+%26+Health", "/people/workforce-2026/pay?unit=Adults+%26+Health",
                      "/people/workforce-2026/pay/government.csv", "/people/import"]) {
    const answer = await page.request.get(address + path);
    check(`${path} is not theirs`, [403, 404].includes(answer.status()) ? [] : [answer.status()]);
  }
  await page.goto(address + "/people/trend");
  await says(page, "over time too", "The workforce over time: Place");
  const csv = await (await page.request.get(address + "/people/workforce-2026/pay.csv")).text();
  check("their file has their unit alone", !csv.includes("Adults") && csv.includes("Place/North") ? [] : [csv]);
  await context.close();
}

async function others(browser, address, workspace) {
  const { context, page } = await openContext(browser, true);
  await enter(page, address, workspace, "paul", "policy-officer");
  for (const path of ["/people/workforce-2026/pay", "/people/workforce-2026/pay.csv"]) {
    const answer = await page.request.get(address + path);
    check(`${path} is not for a policy officer`, answer.status() === 403 ? [] : [answer.status()]);
  }
  await context.close();
}

await withServer([], async (browser, address, workspace) => {
  const folder = mkdtempSync(join(tmpdir(), "dueregard-pay-"));
  for (const [year, count, raise] of [[2024, 260, 6000], [2025, 280, 4000], [2026, 300, 2500]]) {
    writeFileSync(join(folder, "staff.csv"), extract(count, raise));
    run(workspace, "snapshot", "import", `workforce-${year}`, join(folder, "staff.csv"), "--on", `${year}-03-31`,
        "--title", `Workforce, March ${year}`);
  }
  writeFileSync(join(folder, "units.csv"), "code,name,kind,valid_from\nplace,Place,directorate,2010-04-01\n");
  run(workspace, "import", "units", join(folder, "units.csv"));
  rmSync(folder, { recursive: true });
  await officer(browser, address, workspace);
  await scoped(browser, address, workspace);
  await others(browser, address, workspace);
});
