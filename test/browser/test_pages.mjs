// Every page in a real Chromium, with and without JavaScript: axe, no sideways scroll at 320 pixels, no
// error in the console, one h1, valid HTML.
import { check, checkHtml, examine, openContext, withServer } from "./support.mjs";

const pages = [
  "/", "/plan", "/plan/ses-2011", "/plan/ceo-2016", "/plan/edi-2020", "/actions",
  "/actions?due=ended&lead=held", "/actions/ses-2011-1-01", "/scorecard", "/scorecard/map",
  "/objectives/ceo-2012-1", "/objectives/ses-2011-1", "/measures",
  "/measures/bame-employees", "/measures/short-breaks", "/measures/staff-survey-action-plan",
  "/returns", "/reports/progress", "/accessibility", "/no-such-page",
];

async function visit(browser, address, path, javaScriptEnabled) {
  const { context, page, errors } = await openContext(browser, javaScriptEnabled);
  const answer = await page.goto(address + path);
  const how = javaScriptEnabled ? "" : " without JavaScript";
  const wanted = path === "/no-such-page" ? 404 : 200;
  check(`${path}${how} answers`, answer.status() === wanted ? [] : [answer.status()]);
  check(`${path}${how} has no error in the console`, errors);
  if (javaScriptEnabled) {
    await checkHtml(path, await answer.text());
    await examine(page, path);
  }
  await context.close();
}

await withServer([], async (browser, address) => {
  for (const path of pages) {
    await visit(browser, address, path, true);
    await visit(browser, address, path, false);
  }
});
