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

const kinds = [/^\/decide\/what-is-a-direct-payment\/$/, /^\/letters\/.*\/print\/$/, /^\/directory\/[^/]*\/$/, /^\/about\/./];
const chosen = kinds.map((kind) => pages.find((page) => kind.test(page.path))).filter(Boolean);

test("the printed page has its address and date, and no menu", { skip }, async () => {
  const folder = mkdtempSync(join(tmpdir(), "plainsite-paper-"));
  try {
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
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});
