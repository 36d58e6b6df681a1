// A scheme goes into a new year: the policy officer says of each action what becomes of it, the sponsor sends
// it back once and approves it, and the plan is as they said.
import { check, checkHtml, enter, examine, openContext, run, says, withServer } from "./support.mjs";

const path = "/roll-over/edi-2020/2027-28";

async function choose(page, address, href, choice, words = {}) {
  await page.goto(address + href);
  await page.getByLabel(choice).check();
  for (const [name, typed] of Object.entries(words)) await page.locator(`#${name}`).fill(typed);
  await page.getByRole("button", { name: "Save and go to the list" }).click();
}

await withServer([], async (browser, address, workspace) => {
  const officer = await openContext(browser, true);
  const sponsor = await openContext(browser, false);
  await enter(officer.page, address, workspace, "paula", "policy-officer");
  await enter(sponsor.page, address, workspace, "sven", "sponsor");
  await officer.page.goto(address + path);
  const hrefs = await officer.page.locator(".govuk-task-list__link").evaluateAll((links) =>
    links.map((link) => link.getAttribute("href")));
  check("each open action is asked about", hrefs.length === 21 ? [] : [`${hrefs.length} links`]);
  await choose(officer.page, address, hrefs[0], "Close");
  await examine(officer.page, "roll-over without a reason");
  await says(officer.page, "closing needs its reason", "Give the reason");
  await choose(officer.page, address, hrefs[0], "Close", { reason: "The programme has ended" });
  await choose(officer.page, address, hrefs[1], "Replace by a new action",
               { reason: "It is wider now", wording: "Weigh every plan", target_date: "March 2028" });
  for (const href of hrefs.slice(2)) await choose(officer.page, address, href, "Carry on as it is");
  await says(officer.page, "everything is chosen", "Everything is chosen", "The programme has ended");
  await checkHtml("roll-over", await (await officer.page.reload()).text());
  await officer.page.getByRole("button", { name: "Submit for approval" }).click();
  await says(officer.page, "it waits for somebody else, who is named", "It waits for approval by somebody else",
             "Executive sponsor (sven Made-Up)");
  await sponsor.page.goto(address + "/work");
  await says(sponsor.page, "the sponsor's work names it", "waits for approval. Approve it, or send it back");
  await sponsor.page.goto(address + path);
  await sponsor.page.locator("#reason").fill("Say more of the first");
  await sponsor.page.getByRole("button", { name: "Send back" }).click();
  await says(sponsor.page, "it is sent back", "It was sent back: Say more of the first");
  await officer.page.goto(address + "/work");
  await says(officer.page, "which the officer's work says", "was sent back. Read why, mend it and submit it again.");
  await officer.page.goto(address + path);
  await choose(officer.page, address, hrefs[0], "Close", { reason: "The programme ended in March 2027" });
  await officer.page.getByRole("button", { name: "Submit for approval" }).click();
  const before = run(workspace, "export", "actions", "--format", "csv");
  check("the plan is as it was", before.includes("Weigh every plan") ? ["it has changed"] : []);
  await sponsor.page.goto(address + path);
  await sponsor.page.getByRole("button", { name: "Approve" }).click();
  await says(sponsor.page, "it is approved", "Approved by sven Made-Up");
  await examine(officer.page, "roll-over submitted");
  const after = run(workspace, "export", "actions", "--format", "csv");
  check("the new action is in the plan", after.includes("Weigh every plan") ? [] : ["it is not"]);
  await officer.page.goto(`${address}/actions/${hrefs[0].split("/").at(-1)}`);
  await says(officer.page, "its history says why it was closed", "The programme ended in March 2027");
  check("nothing breaks the policy of the pages", [...officer.errors, ...sponsor.errors]);
});
