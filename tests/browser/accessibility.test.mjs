// axe-core finds nothing: all rules of WCAG 2.0 to 2.2, A and AA, its best practice,
// and AAA contrast, which the default theme promises.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { aSixth, each, everythingOpen, narrow, samples, wide } from "./site.mjs";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const options = {
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  rules: {
    "color-contrast-enhanced": { enabled: true }, // only says what color-contrast lets pass
    "target-size": { enabled: true },
  },
  resultTypes: ["violations"],
  preload: false, // no rule among these reads style sheets as files
};

// In another colour scheme only these can find something else.
const colours = {
  ...options,
  runOnly: { type: "rule", values: ["color-contrast", "color-contrast-enhanced", "link-in-text-block"] },
  rules: {},
};

async function axe(tab, options) {
  if (!(await tab.evaluate(() => "axe" in globalThis))) await tab.evaluate(source);
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
const start = { ...wide, colorScheme: "light", bypassCSP: true };

const inScheme = async (tab, colorScheme, look) => {
  await tab.emulateMedia({ colorScheme });
  const found = await look();
  await tab.emulateMedia({ colorScheme: start.colorScheme });
  return found;
};

// The build has looked at every page, and `audit.test.mjs` sees that axe says the same.
each(aSixth, start, {
  "axe finds nothing on the pages: light": async (tab) => {
    await everythingOpen(tab);
    return axe(tab, options);
  },
  // The colours are those of the style, which all pages share.
  "axe finds nothing on one page of each sort: the colours of dark": (tab, page) =>
    samples.includes(page) ? inScheme(tab, "dark", () => axe(tab, colours)) : [],
});

each(samples, { ...start, ...narrow }, {
  "axe finds nothing on one page of each sort: narrow, folded, light": (tab) => axe(tab, options),
  "axe finds nothing on one page of each sort: narrow, folded, the colours of dark": (tab) =>
    inScheme(tab, "dark", () => axe(tab, colours)),
});
