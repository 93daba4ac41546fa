// axe-core finds nothing: all rules of WCAG 2.0 to 2.2, A and AA, its best practice,
// and AAA contrast, which the default theme promises.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { each, everythingFolded, everythingOpen, narrow, pages, samples, wide } from "./site.mjs";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const options = {
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  rules: { "color-contrast-enhanced": { enabled: true }, "target-size": { enabled: true } },
  resultTypes: ["violations"],
  preload: false, // no rule among these reads style sheets as files
};

async function axe(tab) {
  await tab.evaluate(source);
  const { violations } = await tab.evaluate((options) => globalThis.axe.run(document, options), options);
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => ({
      rule: `axe ${id}`,
      where: node.target.join(" "),
      say: `${help}. ${[...node.any, ...node.all, ...node.none][0]?.message ?? ""}`,
    })),
  );
}

// Only this file turns the content security policy off, for axe.
const start = { ...narrow, colorScheme: "dark", bypassCSP: true };

each(pages, start, {
  "axe finds nothing on any page: dark, narrow, as it arrives": axe,
  "axe finds nothing on any page: light, wide, everything open": async (tab) => {
    await tab.setViewportSize(wide.viewport);
    await tab.emulateMedia({ colorScheme: "light" });
    await everythingOpen(tab);
    const found = await axe(tab);
    await tab.emulateMedia({ colorScheme: "dark" });
    return found;
  },
});

each(samples, start, {
  "axe finds nothing on one page of each sort: dark, wide, everything open": async (tab) => {
    await tab.setViewportSize(wide.viewport);
    await everythingOpen(tab);
    return axe(tab);
  },
  "axe finds nothing on one page of each sort: light, narrow": async (tab) => {
    await tab.setViewportSize(narrow.viewport);
    await tab.emulateMedia({ colorScheme: "light" });
    await everythingFolded(tab);
    const found = await axe(tab);
    await tab.emulateMedia({ colorScheme: "dark" });
    return found;
  },
});
