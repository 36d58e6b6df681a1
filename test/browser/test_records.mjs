// A record of the plan in the browser: added, changed by two at once, joined, taken away; who did what
// stands on its page, and who may not is refused.
import { check, examine, says, signIn, withServer } from "./support.mjs";

const action = "/records/actions/ses-2011-1-01";

/** Goes on and confirms; leaves the page that follows. */
async function save(page, name) {
  await page.getByRole("button", { name: "Continue" }).click();
  await examine(page, `${name}: check your answers`);
  await page.getByRole("button", { name: "Save" }).click();
}

async function add(officer) {
  await officer.goto(officer.address + "/records/objectives/ses-2011-1");
  await officer.getByRole("link", { name: /^Add another.*: Action$/ }).click();
  await examine(officer, "a new action");
  await officer.getByRole("button", { name: "Continue" }).click();
  await says(officer, "what is missing is told", "Action is missing");
  check("and in the title", (await officer.title()).startsWith("Error: ") ? [] : [await officer.title()]);
  await officer.getByLabel("Action", { exact: true }).fill("Publish the gender pay gap each March");
  await officer.getByLabel("Target date").fill("March 2013 and then annually");
  await officer.getByRole("button", { name: "Continue" }).click();
  await says(officer, "the answers stand to be checked", "Publish the gender pay gap each March");
  await officer.getByRole("button", { name: "Change the answers" }).click();
  const typed = await officer.getByLabel("Target date").inputValue();
  check("and can be changed", typed === "March 2013 and then annually" ? [] : [typed]);
  await save(officer, "a new action");
  await says(officer, "the new action has the next number", "ses-2011-1-");
  await says(officer, "its date is understood", "31 March 2013");
  await says(officer, "its history says who", "Demonstration policy officer");
}

async function join(officer) {
  await officer.getByRole("link", { name: /^Add one.*: Action lead$/ }).click();
  await officer.getByLabel("Role").selectOption("strategic");
  await officer.getByLabel("Post (optional)").selectOption({ index: 1 });
  await save(officer, "a lead");
  await says(officer, "the lead stands with the action", "Strategic lead (SL)");
  await officer.getByRole("link", { name: /^Add another.*: Action lead$/ }).waitFor();
  await officer.locator("a[href^='/records/action-leads/']").first().click();
  await officer.getByRole("button", { name: "Take this away" }).click();
  await says(officer, "and can be taken away", "Publish the gender pay gap each March");
  check("then there is none", await officer.getByRole("link", { name: /^Add one.*: Action lead$/ }).count() === 1
    ? [] : ["the lead is still there"]);
}

/** Both see the same; the second to save is shown both versions. */
async function collide(first, second) {
  for (const page of [first, second]) await page.goto(page.address + action + "/change");
  await first.getByLabel("Note (optional)").fill("The first of two");
  await second.getByLabel("Note (optional)").fill("The second of two");
  await save(first, "the first");
  await says(first, "what it became stands in the history", "The first of two");
  await second.getByRole("button", { name: "Continue" }).click();
  await says(second, "the second is told", "Somebody else changed this record");
  await says(second, "with the words of the first", "The first of two");
  await examine(second, "two at once");
  const kept = await second.getByLabel("Note (optional)").inputValue();
  check("and keeps their own", kept === "The second of two" ? [] : [kept]);
  await save(second, "the second");
  await says(second, "and may bring the two together", "The second of two");
}

async function revise(officer) {
  await officer.goto(officer.address + "/records/targets/1");
  await officer.getByRole("link", { name: "Change it" }).click();
  await officer.getByLabel("Target in words (optional)").fill("As good as the best");
  await officer.getByRole("button", { name: "Continue" }).click();
  await says(officer, "a target is not changed without a reason", "Say why it is changed");
  await officer.getByLabel("Reason for the change (optional)").fill("The baseline was restated");
  await save(officer, "a target");
  await says(officer, "the revision and its reason stand", "The baseline was restated");
  await examine(officer, "the record of a target");
}

await withServer(["--demonstration"], async (browser, address, workspace, lines) => {
  const people = {};
  for (const who of ["policy officer", "contributor", "auditor"]) {
    people[who] = (await signIn(browser, lines, `Demonstration ${who}`, true)).page;
    people[who].address = address;
  }
  const officer = people["policy officer"];
  await add(officer);
  await join(officer);
  const second = await officer.context().newPage();
  second.address = address;
  await collide(officer, second);
  await revise(officer);
  await officer.goto(address + "/records/posts/corporate-director-place-shaping");
  await says(officer, "a post that nobody holds says so", "Vacant post");
  const table = await (await officer.request.get(address + "/actions.csv")).text();
  check("and so does the table of actions", table.includes("(vacant post)") ? [] : [table.slice(0, 300)]);
  for (const who of ["contributor", "auditor"]) {
    const page = people[who];
    await page.goto(address + action);
    await says(page, `the ${who} reads who changed it`, "Demonstration policy officer");
    check(`and is offered no change`, await page.getByRole("link", { name: "Change it" }).count() ? ["it is"] : []);
    const answer = await page.goto(address + action + "/change");
    check(`nor may the ${who} make one`, answer.status() === 403 ? [] : [answer.status()]);
  }
});
