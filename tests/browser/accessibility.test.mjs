// axe-core finds nothing: all rules of WCAG 2.0 to 2.2, A and AA, its best practice,
// and AAA contrast, which the default theme promises.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { narrow, none, pages, samples, visit, wide } from "./site.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const options = {
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  rules: { "color-contrast-enhanced": { enabled: true }, "target-size": { enabled: true } },
  resultTypes: ["violations"],
};

// Only this file turns the content security policy off, for axe.
const look = (list, screen, colorScheme, ready) =>
  visit(list, { ...screen, colorScheme, bypassCSP: true }, async (tab) => {
    await tab.evaluate(ready);
    await tab.evaluate(axe);
    const { violations } = await tab.evaluate((options) => globalThis.axe.run(document, options), options);
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.map((node) => ({
        rule: `axe ${id}`,
        where: node.target.join(" "),
        say: `${help}. ${(node.any[0] ?? node.all[0] ?? node.none[0])?.message ?? ""}`,
      })),
    );
  });

const everythingOpen = () => document.querySelectorAll("details").forEach((part) => (part.open = true));
const asItArrives = () => {};

test("axe finds nothing on any page: light, wide, everything open", async () => {
  none(await look(pages, wide, "light", everythingOpen));
});

test("axe finds nothing on any page: dark, narrow, as it arrives", async () => {
  none(await look(pages, narrow, "dark", asItArrives));
});

test("axe finds nothing on one page of each sort: light, narrow, as it arrives", async () => {
  none(await look(samples, narrow, "light", asItArrives));
});

test("axe finds nothing on one page of each sort: dark, wide, everything open", async () => {
  none(await look(samples, wide, "dark", everythingOpen));
});
