// A frozen report for somebody without an account: the link is made and ended in the browser, and what
// its reader sees fits a telephone.
import { check, checkHtml, examine, openContext, run, says, signIn, withServer } from "./support.mjs";

await withServer(["--demonstration"], async (browser, address, workspace, lines) => {
  run(workspace, "report", "progress", "--period", "2012-13-Q1", "--freeze", "q1", "--reason", "as published in 2012");
  const { page: officer } = await signIn(browser, lines, "Demonstration policy officer", true);
  await officer.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
  await officer.goto(address + "/search?q=progress+report");
  await officer.getByRole("link", { name: "Progress report, Quarter 1 2012/13" }).click();
  await says(officer, "a frozen document is found, and its page opens", "This document stands as it was frozen", "40.23%");
  await checkHtml("the frozen report", await (await officer.reload()).text());
  await examine(officer, "the frozen report");
  for (const path of ["/reports/q1/q1.odt", "/reports/q1/q1.csv", "/reports/progress/2012-13-Q1.ods", "/reports/progress/2012-13-Q1.txt"]) {
    const file = await officer.request.get(address + path);
    check(`${path} is a file`, file.status() === 200 && file.headers()["content-disposition"].includes("attachment") &&
          (await file.body()).length > 1000 ? [] : [file.status()]);
  }
  for (const path of ["/reports/q2", "/reports/q1/q2.odt", "/reports/q1/q1.json", "/reports/progress/2012-13-Q1.exe", "/reports/progress/2099-Q9.odt"])
    check(`${path} is not found`, (await officer.request.get(address + path)).status() === 404 ? [] : ["it is"]);
  await officer.goto(address + "/reports/progress");
  await says(officer, "the report names what was frozen of its period", "As it was frozen: Progress report, Quarter 1 2012/13");
  await officer.getByRole("link", { name: "Shared reports" }).click();
  await officer.getByRole("button", { name: "Make a link" }).click();
  await says(officer, "what is missing is told", "Say for whom the link is");
  await examine(officer, "/shares with problems");
  const day = new Date(Date.now() + 30 * 24 * 3600 * 1000).toISOString().slice(0, 10);
  await officer.getByLabel("Document").selectOption("q1");
  await officer.getByLabel("For whom").fill("Made-up union");
  await officer.getByLabel("Last day").fill(day);
  await officer.getByRole("button", { name: "Make a link" }).click();
  await examine(officer, "the link is shown");
  const link = (await officer.locator("main").innerText()).match(/http:\/\/\S+\/shared\/[\w-]{43}/)?.[0] || address;
  const { page: reader, errors } = await openContext(browser, false);
  const answer = await reader.goto(link);
  await checkHtml("the shared report", await answer.text());
  await says(reader, "the reader sees for whom it is", "For Made-up union");
  await says(reader, "and what it says", "40.23%");
  await reader.close();
  const { page: looked } = await openContext(browser, true);
  await looked.goto(link);
  await examine(looked, "the shared report");
  await officer.goto(address + "/shares");
  await says(officer, "the link is listed", "Made-up union");
  await examine(officer, "/shares with a link");
  await officer.getByRole("button", { name: /^End it/ }).click();
  await says(officer, "it is ended", "Ended");
  check("and opens nothing", (await looked.goto(link)).status() === 404 ? [] : ["it still does"]);
  check("no error in the console", errors);
});
