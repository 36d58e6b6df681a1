// The passage of a return with the keyboard alone, without JavaScript: nothing is clicked. Every step is reached by Tab,
// what has the focus is seen to have it, and nothing takes the focus and keeps it.
import { writeFileSync } from "node:fs";
import { check, run, says, signIn, withServer } from "./support.mjs";

const unit = "/returns/2012-13-Q2/community-health-wellbeing";
const TABS_MOST = 120;

/** What has the focus, in words. */
async function focused(page) {
  return page.evaluate(() => {
    const one = document.activeElement;
    const label = one.labels?.[0]?.innerText || one.innerText || one.value || "";
    return `${one.tagName.toLowerCase()} ${label.trim().split("\n")[0]}`;
  });
}

/** Whether a person sees where they are: the Design System's focus changes outline, shadow or background. */
async function shows(page) {
  return page.evaluate(() => {
    const one = document.activeElement;
    const box = one.getBoundingClientRect();
    const look = () => {
      const style = getComputedStyle(one);
      const label = one.nextElementSibling ? getComputedStyle(one.nextElementSibling, "::before").boxShadow : "";
      return [style.outline, style.boxShadow, style.backgroundColor, label].join("|");
    };
    const within = look();
    one.blur();
    const without = look();
    one.focus();
    return (within !== without || box.width === 0) && box.right > 0 && box.left < innerWidth;
  });
}

/** Tabs on to what is called so; fails when it is not reached. */
async function reach(page, what) {
  for (let tabs = 0; tabs < TABS_MOST; tabs += 1) {
    await page.keyboard.press("Tab");
    if ((await focused(page)).startsWith(what)) {
      check(`"${what}" has the focus, and it is seen`, (await shows(page)) ? [] : ["its look does not change"]);
      return;
    }
  }
  check(`"${what}" is reached by Tab`, [`it was not, on ${page.url()}: ${await focused(page)}`]);
}

/** Follows a link or presses a button with Enter. */
async function enter(page, what) {
  await reach(page, what);
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
}

async function type(page, label, words) {
  await reach(page, label);
  await page.keyboard.press("Control+A");
  await page.keyboard.type(words);
}

async function skip(page) {
  await page.keyboard.press("Tab");
  check("the first Tab is the way past the navigation",
        (await focused(page)).startsWith("a Skip to main content") ? [] : [await focused(page)]);
  await page.keyboard.press("Enter");
  const at = await page.evaluate(() => location.hash);
  check("and Enter takes it", at === "#main-content" ? [] : [at]);
}

/** The error summary's first link leads to the field. */
async function followError(page) {
  await reach(page, "a \"about 9\" is not a number");
  await page.keyboard.press("Enter");
  check("the link of the error leads to its field", (await focused(page)).startsWith("input Value") ? [] : [await focused(page)]);
}

async function fillRow(page) {
  await page.goto(`${new URL(page.url()).origin}${unit}`);
  await skip(page);
  await enter(page, "a Go on with row 1.5");
  await type(page, "input Value", "about 9");
  await reach(page, "input No, I will come back to it");
  await page.keyboard.press("ArrowUp");
  await enter(page, "button Save and continue");
  await says(page, "what is wrong is told", "is not a number");
  await followError(page);
  await page.keyboard.press("Control+A");
  await page.keyboard.type("9");
  await enter(page, "button Save and continue");
  await says(page, "a red rating asks what will be done", "A red rating needs corrective action");
  await type(page, "textarea Corrective action", "Two more job coaches");
  await type(page, "input Who will do it", "The service's manager");
  await type(page, "input By when", "31 March 2013");
  await enter(page, "button Save and go to the list");
  await says(page, "the row is done", "Completed");
}

async function answerOthers(page) {
  for (let rows = 0; rows < 40; rows += 1) {
    const links = await page.locator("main a").allInnerTexts();
    const next = links.find((text) => text.startsWith("Go on with row"));
    if (!next) return;
    await enter(page, "a Go on with row");
    await reach(page, "select If there is no value, why");
    await page.keyboard.type("Awaited");
    await enter(page, "button Save and go to the list");
  }
}

await withServer(["--demonstration"], async (browser, address, workspace, lines) => {
  run(workspace, "return", "open", "--period", "2012-13-Q2");
  const { page, errors } = await signIn(browser, lines, "Demonstration contributor", false);
  await page.goto(`${address}/work`);
  await enter(page, "a Community Health and Wellbeing, Quarter 2 2012/13");
  await fillRow(page);
  const rest = JSON.parse(run(workspace, "return", "show", "--period", "2012-13-Q2", "--unit",
                              "community-health-wellbeing", "--format", "json")).rows.slice(4);
  writeFileSync(`${workspace}/rest.csv`, ["Row,Missing because", ...rest.map((row) => `${row.reference},awaited`)].join("\n"));
  run(workspace, "return", "take", `${workspace}/rest.csv`, "--period", "2012-13-Q2", "--unit", "community-health-wellbeing");
  await page.goto(address + unit);
  await answerOthers(page);
  await enter(page, "a Submit the return");
  await enter(page, "button Submit the return");
  await says(page, "the return is submitted with the keyboard alone", "Submitted");
  check("no page breaks its own policy", errors);
});
