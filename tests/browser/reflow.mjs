// No page needs to be pushed sideways to be read, however narrow or large.
// 320 px is also what a 1280 px screen leaves at 400% zoom.

import { test } from "node:test";
import { each, everythingOpen, launch, looked, narrow, none, samples, visit, wide } from "./site.mjs";

const overflows = (tab) => tab.evaluate(overflow);

function overflow() {
  const found = [];
  const width = document.documentElement.clientWidth;
  const sideways = document.scrollingElement.scrollWidth;
  // A table may have a scroller of its own; nothing else may.
  const scrollers = [...document.querySelectorAll("body, body *")].filter(
    (e) => !e.matches(".table") && e.scrollWidth > e.clientWidth + 1 && isVisible(e) && clips(e),
  );
  function clips(e) {
    return e.clientWidth > 1 && !["visible", "clip"].includes(getComputedStyle(e).overflowX);
  }
  for (const e of scrollers) {
    const say = `It is ${e.clientWidth} px wide and its content ${e.scrollWidth} px: the rest is cut off or needs a sideways scroll.`;
    found.push({ rule: "reflow", where: describe(e), say });
  }
  if (sideways > width) {
    const past = [...document.querySelectorAll("body *")].filter(
      (e) => isVisible(e) && e.getBoundingClientRect().right > width + 1 && !e.closest(".table"),
    );
    const culprits = past.filter((e) => !past.some((other) => other !== e && e.contains(other)));
    const where = culprits.slice(0, 3).map(describe).join(", ") || "page";
    found.push({ rule: "reflow", where, say: `The page is ${sideways} px wide on a screen of ${width} px.` });
  }
  return found;
}

const phone = { viewport: { width: 360, height: 740 } };

// The spacing that WCAG 1.4.12 asks every page to bear.
const moreSpace = (tab, on) =>
  tab.evaluate((on) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-block-end: 2em !important }",
    );
    document.adoptedStyleSheets = on ? [sheet] : [];
  }, on);

const textSize = (tab, size) => tab.evaluate((size) => (document.documentElement.style.fontSize = size), size);

each(looked, narrow, {
  "320 px wide, or 1280 px at 400% zoom": overflows,
  "320 px wide, everything open": async (tab) => {
    await everythingOpen(tab);
    return overflows(tab);
  },
  "320 px wide, with the text spacing of WCAG 1.4.12": async (tab) => {
    await moreSpace(tab, true);
    const found = await overflows(tab);
    await moreSpace(tab, false);
    return found;
  },
  "360 px wide, text at 200%": async (tab) => {
    await tab.setViewportSize(phone.viewport);
    await textSize(tab, "200%");
    const found = await overflows(tab);
    await textSize(tab, "");
    return found;
  },
  "1280 px wide": async (tab) => {
    await tab.setViewportSize(wide.viewport);
    return overflows(tab);
  },
});

test("360 px wide, for people who set text of 32 px in their browser", async () => {
  const using = launch("--blink-settings=defaultFontSize=32");
  none(await visit(samples, phone, overflows, { using }));
});
