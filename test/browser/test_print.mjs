// Pages on paper, as Chromium prints them: every word of the page stands in the PDF, no heading is the last
// of its sheet, and the head of a table that goes over several sheets stands on each.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { check, openContext, withServer } from "./support.mjs";

const paths = ["/plan/ses-2011", "/actions?objective=ses-2011-1", "/scorecard", "/scorecard/map", "/objectives/ceo-2012-1",
               "/measures/bame-employees", "/measures", "/returns/2012-13-Q1", "/reports/progress",
               "/records/actions/ses-2011-1-01", "/records/units/place-shaping"];

/** The words of the main part that are shown on paper, in their order; the heads of tables with their rows. */
function gather() {
  const shown = (element) => element.checkVisibility({ visibilityProperty: true }) &&
    !element.closest(".govuk-visually-hidden, svg, details:not([open]) > :not(summary), [hidden]");
  const main = document.querySelector("main");
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  const words = [];
  while (walker.nextNode())
    if (shown(walker.currentNode.parentElement)) words.push(...walker.currentNode.textContent.split(/\s+/).filter(Boolean));
  const headings = [...main.querySelectorAll("h1, h2, h3, h4")].filter(shown).map((one) => one.innerText);
  const tables = [...main.querySelectorAll("table")].filter(shown).map((table) => ({
    head: [...table.querySelectorAll("thead th")].filter(shown).map((one) => one.innerText.trim()).filter(Boolean),
    first: table.querySelector("tbody tr")?.innerText.trim(),
    last: [...table.querySelectorAll("tbody tr")].at(-1)?.innerText.trim(),
  }));
  return { words, headings, tables };
}

/** Letters and digits alone, small: what is broken over lines, set apart or begins with a capital is the same. */
const plain = (words) => words.normalize("NFKC").replace(/[^\p{L}\p{N}]+/gu, "").toLowerCase();

/** The words of the page that no sheet has, counted. */
function lost(words, text) {
  const printed = plain(text);
  return [...new Set(words)].filter((word) => plain(word) && !printed.includes(plain(word)));
}

/** Headings that end a sheet that is not the last. */
function stranded(headings, sheets) {
  return sheets.slice(0, -1).filter((sheet) => {
    const lines = sheet.trimEnd().split("\n").map((line) => line.trim()).filter(Boolean);
    return headings.includes(lines.at(-1)?.trim());
  }).map((sheet) => sheet.trimEnd().split("\n").at(-1));
}

/** Sheets of a table after its first that have rows of it and not its head. */
function headless(tables, sheets) {
  const faults = [];
  for (const { head, first, last } of tables) {
    if (!head.length || !first || first === last) continue;
    const places = (row) => sheets.flatMap((sheet, i) => plain(sheet).includes(plain(row)) ? [i] : []);
    const from = places(first)[0], to = places(last).at(-1);
    for (let i = from + 1; i <= to; i += 1)
      if (!head.every((cell) => plain(sheets[i]).includes(plain(cell)))) faults.push(`${head.join(" | ")} on sheet ${i + 1}`);
  }
  return faults;
}

await withServer([], async (browser, address) => {
  const folder = mkdtempSync(join(tmpdir(), "dueregard-print-"));
  const { page } = await openContext(browser, true);
  for (const path of paths) {
    const file = join(folder, "page.pdf");
    await page.goto(address + path);
    await page.emulateMedia({ media: "print" });
    const { words, headings, tables } = await page.evaluate(gather);
    writeFileSync(file, await page.pdf({ format: "A4", margin: { top: "15mm", bottom: "15mm", left: "15mm", right: "15mm" } }));
    execFileSync("pdftotext", ["-layout", file]);
    const text = readFileSync(file.replace(".pdf", ".txt"), "utf8");
    execFileSync("pdftotext", [file]);
    const flowing = readFileSync(file.replace(".pdf", ".txt"), "utf8");
    const sheets = text.split("\f").slice(0, -1);
    check(`${path} has words to print`, words.length > 20 ? [] : [words.length]);
    check(`${path}: no word is cut off on its ${sheets.length} sheets`, lost(words, flowing + text));
    check(`${path}: no heading ends a sheet`, stranded(headings, sheets));
    check(`${path}: the head of a table stands on each of its sheets`, headless(tables, sheets));
    await page.emulateMedia({ media: "screen" });
    if (process.env.DUEREGARD_SCREENSHOTS)
      execFileSync("cp", [file, join(process.env.DUEREGARD_SCREENSHOTS, `${path.replace(/[^\w-]+/g, "-")}.pdf`)]);
  }
  rmSync(folder, { recursive: true, force: true });
});
