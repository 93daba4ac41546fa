// Printed for real, to PDF: the words that come out of the printer.

import { execFile } from "node:child_process";
import { test } from "node:test";
import { promisify } from "node:util";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { base, none, pages, visit, wide } from "./site.mjs";

const run = promisify(execFile);
const poppler = await run("pdftotext", ["-v"]).then(() => true, () => false);
const skip = !poppler && "pdftotext is missing; it is in the Debian package poppler-utils";

/** The words of each sheet, and how much of it is empty below them. */
async function sheets(tab, file) {
  writeFileSync(file, await tab.pdf({ format: "A4" }));
  const printed = (await run("pdftotext", ["-bbox", file, "-"])).stdout.split("<page ").slice(1);
  return printed.map((sheet) => {
    const words = [...sheet.matchAll(/yMax="([\d.]+)">(.*?)<\/word>/g)];
    const lowest = Math.max(0, ...words.map(([, bottom]) => bottom));
    // A4 has 842 points, and the margins at its top and bottom 42.5 each.
    return { words: words.map(([, , word]) => word).join(" "), empty: (842 - 42.5 - lowest) / (842 - 85) };
  });
}

/** A folder for what is printed, gone when `look` is done. */
async function inFolder(look) {
  const folder = mkdtempSync(join(tmpdir(), "plainsite-paper-"));
  try {
    return await look(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const kinds = [/^\/decide\/what-is-a-direct-payment\/$/, /^\/letters\/.*\/print\/$/, /^\/directory\/[^/]*\/$/, /^\/about\/./];
const chosen = kinds.map((kind) => pages.find((page) => kind.test(page.path))).filter(Boolean);

test("the printed page has its address and date, and no menu", { skip }, async () => {
  await inFolder(async (folder) =>
    none(
      await visit(chosen, wide, async (tab, page) => {
        const { menu, own, checked } = await tab.evaluate(() => {
          const words = (e) => e.innerText.replace(/\s+/g, " ").trim();
          const menu = [...document.querySelectorAll("nav:not(main nav) a, .tools a, .skip, summary")].map((e) => e.textContent.trim());
          const own = ["main", ".site", ".publisher", ".paper"].map((name) => document.querySelector(name)?.textContent ?? "");
          const row = [...document.querySelectorAll(".trust dt")].map((e) => e.nextElementSibling).find((e) => /\d{4}/.test(e.innerText));
          return { menu, own: own.join(" "), checked: row && words(row) };
        });
        const file = join(folder, `${page.path.replaceAll("/", "_")}.pdf`);
        writeFileSync(file, await tab.pdf({ format: "A4" }));
        const text = (await run("pdftotext", ["-layout", file, "-"])).stdout.replace(/\s+/g, " ");
        const found = [];
        const fault = (say) => found.push({ rule: "printed", say });
        if (!text.replaceAll(" ", "").includes(new URL(page.path, base).href)) fault("The address is not on the paper.");
        if (!checked || !text.includes(checked)) fault(`The date when it was checked, ${checked}, is not on the paper.`);
        for (const word of menu) {
          if (!own.includes(word) && text.includes(word)) fault(`“${word}”, from a menu, is on the paper.`);
        }
        return found;
      }),
    ),
  );
});

// Long answers, steps, tables and boxes go on where the sheet ends.
const long = pages.filter((page) => /^\/(.*\/print|contact|.*step-by-step|money\/motability|is-this-urgent\/call-now)\/$/.test(page.path) && !/^\/(letters|worksheets|directory)\//.test(page.path));

test("no sheet is left more than a third empty in the middle", { skip }, () =>
  inFolder(async (folder) =>
    none(
      await visit(long, wide, async (tab, page) => {
        const all = await sheets(tab, join(folder, `${page.path.replaceAll("/", "_")}.pdf`));
        return all.slice(0, -1).flatMap(({ empty }, at) => {
          const say = `${Math.round(empty * 100)}% of sheet ${at + 1} of ${all.length} is empty.`;
          return empty > 1 / 3 ? [{ rule: "empty sheet", say }] : [];
        });
      }),
    ),
  ),
);

const lengths = Array.from({ length: 24 }, (_, at) => at * 3);
/** Prints with more and more room before something, so that the sheet ends everywhere in what follows. */
async function pushedDown(tab, before, look) {
  await tab.evaluate((before) => {
    const room = document.createElement("div");
    room.id = "room";
    document.querySelector(before).before(room);
  }, before);
  const found = [];
  for (const length of lengths) {
    // What stands in an attribute is refused here, and a style sheet that a script makes is not.
    await tab.evaluate((length) => {
      const style = new CSSStyleSheet();
      style.replaceSync(`#room { block-size: ${length}mm }`);
      document.adoptedStyleSheets = [style];
    }, length);
    found.push(...(await look(length)));
  }
  return found;
}

test("the foot of a page, or a part of it, is never alone on a sheet", { skip }, () =>
  inFolder(async (folder) => {
    const some = pages.filter((page) => /^\/(easy-read\/keeping-safe|manage\/money-left-over)\/$/.test(page.path));
    none(
      await visit(some, wide, (tab, page) =>
        pushedDown(tab, ".body", async (length) => {
          const last = (await sheets(tab, join(folder, `${page.path.replaceAll("/", "_")}.pdf`))).at(-1);
          const foot = await tab.evaluate(() => document.querySelector(".foot").textContent);
          const bare = (words) => words.replace(/[\s·]/g, "");
          return bare(foot).includes(bare(last.words)) ? [{ rule: "foot", say: `With ${length} mm more, it is alone.` }] : [];
        }),
      ),
    );
  }),
);

test("who signs on the second sheet signs below words of the letter", { skip }, () =>
  inFolder(async (folder) => {
    const some = pages.filter((page) => /^\/letters\/ask-for-our-reasons\/(print\/)?$/.test(page.path));
    none(
      await visit(some, wide, (tab, page) =>
        pushedDown(tab, ".sheet > :first-child", async (length) => {
          const all = await sheets(tab, join(folder, `${page.path.replaceAll("/", "_")}.pdf`));
          const signed = all.find(({ words }) => words.includes("Yours faithfully")).words;
          const found = [];
          if (!signed.includes("phone number is")) found.push({ rule: "letter", say: `With ${length} mm more, the closing words stand alone.` });
          if (!signed.includes("Your full name")) found.push({ rule: "letter", say: `With ${length} mm more, the name is on another sheet.` });
          return found;
        }),
      ),
    );
  }),
);

test("paper says once who looks after a page and when it was checked", { skip }, () =>
  inFolder(async (folder) => {
    const some = pages.filter((page) => /^\/(is-this-urgent\/call-now|employ\/contract)\/$/.test(page.path));
    none(
      await visit(some, wide, async (tab, page) => {
        const rows = await tab.evaluate(() =>
          [...document.querySelectorAll(".trust dt")].map((name) => `${name.textContent}: ${name.nextElementSibling.textContent}`),
        );
        const all = await sheets(tab, join(folder, `${page.path.replaceAll("/", "_")}.pdf`));
        const words = all.map((sheet) => sheet.words).join(" ");
        const found = rows
          .filter((row) => words.split(row.replace(/\s+/g, " ")).length !== 2)
          .map((row) => ({ rule: "small print", say: `“${row}” does not stand on it once.` }));
        if (/call-now/.test(page.path) && all.length > 1) found.push({ rule: "small print", say: `It takes ${all.length} sheets.` });
        return found;
      }),
    );
  }),
);
