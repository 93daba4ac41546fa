// `plainsite audit` and axe-core look at the same pages and say the same.
//
// The pages are in `tests/audit/pages/`: each has one fault and is named after the rule
// of ours that it breaks, and `good-….html` come close and have none. Where the two
// differ on purpose, it is written down here with the reason. `PLAINSITE` names the
// program.

import { test } from "node:test";
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { alike } from "./alike.mjs";
import { none, readPages, served, visit, wide } from "./site.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const folder = join(here, "../audit/pages");
const program = resolve(process.env.PLAINSITE ?? join(here, "../../target/release/plainsite"));

/** What other rules of axe are about, and why nothing of ours is set beside them. */
const apart = {
  "aria-braille-equivalent": "nothing is said about names for braille displays",
  "aria-hidden-body": "a page is hardly ever hidden as a whole, and browsers ignore it",
  "aria-roledescription": "given up by axe",
  "aria-text": "no standard has the role",
  "audio-caption": "given up by axe",
  "duplicate-id-active": "given up by axe",
  "empty-table-header": "an empty corner of a table is often right",
  "focus-order-semantics": "an experiment of axe",
  "frame-tested": "about axe itself",
  "frame-title-unique": "whether two frames with one name show the same is for nobody to tell from the HTML",
  "hidden-content": "only tells people to look",
  "landmark-complementary-is-top-level": "given up by axe",
  "link-in-text-block": "whether a link differs from words by more than colour takes layout to tell",
  "meta-viewport-large": "two to one is what the guidelines ask for",
  "p-as-heading": "an experiment of axe",
  "table-duplicate-name": "a summary of a table is obsolete, and few tables have one",
  "table-fake-caption": "an experiment of axe",
};

/** Where axe sees a fault, and we ask a person to look. */
const asked = {
  "aria-required": "a heading without a level has one: the standard says 2",
  "content-outside-landmarks": "not all that is outside is content",
  "image-alt-text": "only a person knows whether words beside a picture say all of it",
  "label-title-only": "a field beside a button that says “Search” needs no more",
  "moving-text": "browsers have not made anything blink for years",
  scrollable: "whether it scrolls takes layout to tell",
  "target-size": "sizes take layout to tell, but for those that a style sets",
};

/** What fails the first also fails the second, and axe says only that. */
const stricter = { "contrast-enhanced": "contrast", refresh: "refresh-delay" };

/** A page, a rule of axe or of ours, and why the other side says nothing. */
const differences = [
  ["ambiguous-reference", "field-name", "browsers give a label to the first of two fields with its id, axe to both"],
  ["aria-deprecated", "listitem", "a directory is a sort of list"],
  ["nested-controls", "nested-controls", "axe leaves out links, in which HTML allows nothing that can be used"],
  ["skip-link-2", "region", "that there is no main part is said already"],
];

test("axe and the audit say the same of every page", async () => {
  const pages = readPages(folder);
  const ours = audit();
  const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  const options = {
    runOnly: { type: "rule", values: Object.keys(alike) },
    resultTypes: ["violations", "incomplete"],
    selectors: false,
  };
  const ready = new Set();
  const left = new Set(differences);
  const differ = (page, rule) => {
    const known = differences.find(([name, of]) => `${name}.html` === page.name && of === rule);
    left.delete(known);
    return Boolean(known);
  };
  const found = await visit(
    pages,
    wide,
    async (tab, page) => {
      if (!ready.has(tab)) {
        for (const frame of tab.frames()) await frame.evaluate(source);
        await tab.addInitScript(source);
        ready.add(tab);
      }
      const theirs = await tab.evaluate(axeSays, options);
      const { failed = [], cantTell = [] } = ours.get(page.name) ?? {};
      const unsure = cantTell.filter((code) => code in asked);
      const both = `axe: ${list(theirs.violations)}; unsure: ${list(theirs.incomplete)}. plainsite: ${list(failed)}; unsure: ${list(cantTell)}.`;
      const wrong = [];
      for (const rule of theirs.violations) {
        const says = alike[rule].some((code) => failed.includes(code) || unsure.includes(code));
        if (!says && !differ(page, rule)) wrong.push({ rule: `axe ${rule}`, say: `only axe says so. ${both}` });
      }
      for (const code of failed) {
        const rules = Object.keys(alike).filter((rule) => alike[rule].includes(code));
        const says = rules.some((rule) => theirs.violations.includes(rule) || theirs.incomplete.includes(rule));
        const isCompared = rules.length > 0 && !failed.includes(stricter[code]);
        if (isCompared && !says && !differ(page, code)) wrong.push({ rule: code, say: `only plainsite says so. ${both}` });
      }
      const own = page.name.replace(/(-\d+)?\.html$/, "");
      if (own.startsWith("good-")) {
        const compared = new Set(Object.values(alike).flat());
        const doubts = cantTell.filter((code) => compared.has(code));
        if (doubts.length) wrong.push({ rule: list(doubts), say: `a good page is doubted. ${both}` });
        if (failed.length) wrong.push({ rule: list(failed), say: `a good page fails. ${both}` });
      } else if (![...failed, ...cantTell].includes(own)) {
        wrong.push({ rule: own, say: `the fault that the page is named after is not found. ${both}` });
      }
      return wrong;
    },
    { at: await served(folder) },
  );
  for (const [name, rule] of left) found.push({ page: `/${name}.html`, rule, say: "is no longer a difference" });
  none(found);
});

test("every rule of axe is set beside ours, or left apart with a reason", () => {
  const rules = createRequire(import.meta.url)("axe-core").getRules();
  const named = [...Object.keys(alike), ...Object.keys(apart)].sort();
  assert.deepEqual(named, rules.map((rule) => rule.ruleId).sort());
});

/** In the page: the rules of axe that something fails, and those that leave something open. */
async function axeSays(options) {
  const { violations, incomplete } = await globalThis.axe.run(document, options);
  const ids = (results) => results.map((result) => result.id);
  return { violations: ids(violations), incomplete: ids(incomplete) };
}

/** What the audit says of each page: the rules by outcome. */
function audit() {
  const { status, stdout, stderr } = spawnSync(program, ["audit", folder, "--format", "json"], { encoding: "utf8" });
  assert.equal(status, 1, `there are faults to find: ${stderr}`);
  const pages = new Map();
  for (const { file, code, outcome } of stdout.trim().split("\n").map(JSON.parse)) {
    if (!pages.has(file)) pages.set(file, { failed: [], cantTell: [] });
    const codes = pages.get(file)[outcome];
    if (!codes.includes(code)) codes.push(code);
  }
  return pages;
}

const list = (words) => words.join(", ") || "nothing";
