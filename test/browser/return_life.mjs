// The whole life of a return by four people, each in a browser of their own: opened by the policy officer,
// filled by a contributor from a spreadsheet and on its pages, sent back and approved by the chair, frozen;
// with two people on one row. test_return.mjs lives it with JavaScript, test_return_plain.mjs without.
import { check, checkHtml, examine, run, says, signIn } from "./support.mjs";

let look = examine; // axe needs JavaScript

const unit = "/returns/2012-13-Q2/community-health-wellbeing";
const board = "/returns/2012-13-Q2/board";

async function save(page, button = "Save and go to the list") {
  await page.getByRole("button", { name: button }).click();
}

/** Every row but one without a value, for a reason, in a spreadsheet as somebody would send it. */
async function upload(page, address, references) {
  await page.goto(address + unit + "/upload");
  await look(page, "return-upload");
  await page.getByRole("button", { name: "Take the file in" }).click();
  await says(page, "without a file the field says so", "Choose the file");
  const csv = ["Row,Missing because,Progress,Complete",
               ...references.map((reference) => `${reference},awaited,The survey is under way.,yes`),
               "99,awaited,Nobody knows this row,yes"].join("\n");
  await page.setInputFiles("#file", { name: "return.csv", mimeType: "text/csv", buffer: Buffer.from(csv) });
  await page.getByRole("button", { name: "Take the file in" }).click();
  await says(page, "the file's rows are in", `Rows read: ${references.length + 1}. Changed: ${references.length}.`);
  await says(page, "and the row that is none is named", 'no row "99"');
}

async function fill(page, address) {
  const answer = await page.goto(address + unit + "/rows/2.7");
  await checkHtml("return-row", await answer.text());
  await look(page, "return-row");
  await page.getByLabel("Value", { exact: true }).fill("about 40");
  await page.getByLabel("Yes, it is complete").check();
  await save(page, "Save and continue");
  await says(page, "words for a number are told beside the box", "is not a number");
  check("the title says so first", (await page.title()).startsWith("Error: ") ? [] : [await page.title()]);
  await page.getByLabel("Value", { exact: true }).fill("40");
  await page.getByLabel("Progress in this period").fill("40% needed no further care.");
  await save(page, "Save and continue");
  await says(page, "a red rating asks what will be done", "A red rating needs corrective action");
  await look(page, "return-row with problems");
  await page.getByLabel("Corrective action").fill("Two more therapists");
  await page.getByLabel("Who will do it").fill("The service's manager");
  await page.getByLabel("By when").fill("31 March 2013");
  await save(page);
  await says(page, "the row is done", "Completed");
}

/** Both have the row open; the second to save is shown both versions, and then brings them together. */
async function writeTogether(first, second, address) {
  for (const { page } of [first, second]) await page.goto(address + unit + "/rows/2.7");
  await first.page.getByLabel("Progress in this period").fill("The first one's words.");
  await save(first.page);
  await second.page.getByLabel("Progress in this period").fill("The second one's words.");
  await save(second.page);
  await says(second.page, "the second sees that somebody was first", "Somebody else changed this row");
  await says(second.page, "with the other's words", "The first one's words.");
  await look(second.page, "return-row in conflict");
  const kept = await second.page.getByLabel("Progress in this period").inputValue();
  check("and keeps their own", kept === "The second one's words." ? [] : [kept]);
  await second.page.getByLabel("Progress in this period").fill("Both ones' words.");
  await save(second.page);
  await says(second.page, "and saves both together", "Completed");
}

async function step(page, name, reason) {
  await page.getByRole("link", { name }).click();
  if (reason) {
    await page.getByRole("button", { name }).click();
    await says(page, "a reason is asked for", "Give the reason");
    await page.getByLabel("Reason").fill(reason);
  }
  await page.getByRole("button", { name }).click();
}

export async function life(browser, address, workspace, lines, javaScript) {
  look = javaScript ? examine : async () => {};
  const policy = await signIn(browser, lines, "Demonstration policy officer", javaScript);
  await policy.page.goto(address + board);
  await says(policy.page, "nothing is open yet", "No returns are open");
  await policy.page.getByRole("button", { name: "Open the returns of this period" }).click();
  await says(policy.page, "the policy officer opens the quarter", "Community Health and Wellbeing");
  await look(policy.page, "return-board");
  await policy.page.goto(address + "/scorecard");
  await says(policy.page, "what is only opened does not stand in for the last quarter's figures",
             "Scorecard: Quarter 1 2012/13", "Quarter 2 2012/13 (nothing received yet)");
  

  await policy.page.goto(address + "/comments/reablement-no-ongoing-care/community-health-wellbeing/2012-13-Q1");
  await policy.page.getByRole("button", { name: "Add the comment" }).click();
  await look(policy.page, "comment missing");
  await policy.page.locator("#words").fill("Please say what changed since the spring");
  await policy.page.getByLabel("Ask for it in the next return").check();
  await policy.page.getByRole("button", { name: "Add the comment" }).click();
  await look(policy.page, "comments");

  const contributor = await signIn(browser, lines, "Demonstration contributor", javaScript);
  await contributor.page.goto(address + "/work");
  await says(contributor.page, "what was asked about a figure is work", "Follow up what Demonstration policy officer asked");
  await contributor.page.goto(address + unit + "/rows/2.7");
  await says(contributor.page, "and stands at the row of the next return", "Please say what changed since the spring");
  await contributor.page.getByRole("link", { name: "Say what came of it" }).click();
  await contributor.page.getByLabel("What came of it").fill("One team more since May");
  await contributor.page.getByRole("button", { name: "Mark as followed up" }).click();
  await says(contributor.page, "what came of it is on record", "One team more since May");
  await contributor.page.goto(address + "/work");
  await says(contributor.page, "the contributor sees what they owe", "Community Health and Wellbeing, Quarter 2");
  await look(contributor.page, "my-work");
  await contributor.page.getByRole("link", { name: "Community Health and Wellbeing, Quarter 2" }).click();
  await look(contributor.page, "return");
  await checkHtml("return", await (await contributor.page.reload()).text());
  
  const references = await contributor.page.locator(".govuk-task-list__link").allInnerTexts();
  await upload(contributor.page, address,
               references.map((text) => text.trim().split(" ")[0]).filter((reference) => reference !== "2.7"));
  await fill(contributor.page, address);
  await contributor.page.goto(address + "/returns/2012-13-Q2/place-shaping");
  await says(contributor.page, "another directorate's return is not theirs", "You cannot do this");

  const chair = await signIn(browser, lines, "Demonstration chair", javaScript);
  await writeTogether(contributor, chair, address);
  await contributor.page.goto(address + unit);
  await step(contributor.page, "Submit the return");
  await says(contributor.page, "submitted, it says who can open it", "The directorate lead can send it back");
  await contributor.page.goto(address + unit + "/rows/2.7");
  const buttons = await contributor.page.getByRole("button", { name: "Save and continue" }).count();
  check("and takes nothing more", buttons === 0 ? [] : ["it can be saved"]);

  await chair.page.goto(address + "/work");
  await chair.page.getByRole("link", { name: "Community Health and Wellbeing, Quarter 2" }).click();
  await step(chair.page, "Send the return back", "2.7: of how many people?");
  await contributor.page.goto(address + unit);
  await says(contributor.page, "the contributor reads why it came back", "2.7: of how many people?");
  await step(contributor.page, "Submit the return");
  await chair.page.goto(address + unit);
  await step(chair.page, "Approve the return");
  await policy.page.goto(address + unit);
  await look(policy.page, "return approved");
  await step(policy.page, "Freeze the return");
  await says(policy.page, "frozen, it says how it can be revised", "open it for a revision");
  await policy.page.goto(address + "/scorecard");
  await says(policy.page, "and its quarter is the scorecard's", "Scorecard: Quarter 2 2012/13");
  await policy.page.goto(address + "/reports/progress?period=2012-13-Q2");
  await says(policy.page, "the report has what was written", "Both ones' words.");

  const member = await signIn(browser, lines, "Demonstration committee member", javaScript);
  await member.page.goto(address + unit);
  await says(member.page, "a committee member does not write returns", "You cannot do this");
  for (const [who, person] of Object.entries({ policy, contributor, chair, member })) {
    if (!javaScript) check(`no page of the ${who} breaks its own policy`, person.errors);
    await person.context.close();
  }
  const audited = run(workspace, "audit");
  check("the audit is whole", audited.includes("whole") ? [] : [audited]);
}
