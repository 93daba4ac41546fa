// No page needs to be pushed sideways to be read, however narrow or large.
// 320 px is also what a 1280 px screen leaves at 400% zoom.

import { everythingOpen, narrow, wide } from "./site.mjs";

export const overflows = (tab) => tab.evaluate(overflow);

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

export const phone = { viewport: { width: 360, height: 740 } };

/** Looks with a change that is taken back before the browser has drawn it, which would take longest. */
const overflowsWith = (tab, change) =>
  tab.evaluate(`(() => {
    const back = (${change})();
    const found = (${overflow})();
    back();
    return found;
  })()`);

// The spacing that WCAG 1.4.12 asks every page to bear.
function moreSpace() {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-block-end: 2em !important }",
  );
  document.adoptedStyleSheets = [sheet];
  return () => (document.adoptedStyleSheets = []);
}

function twiceTheText() {
  document.documentElement.style.fontSize = "200%";
  return () => (document.documentElement.style.fontSize = "");
}

/** As the page arrives, on a screen of 320 px. */
export const folded = { "320 px wide, or 1280 px at 400% zoom": overflows };

/** With everything open from the first of them on; the last leaves the screen wide. */
export const unfolded = {
  "320 px wide, everything open": async (tab) => {
    await tab.setViewportSize(narrow.viewport);
    await everythingOpen(tab);
    return overflows(tab);
  },
  "320 px wide, with the text spacing of WCAG 1.4.12": (tab) => overflowsWith(tab, moreSpace),
  "360 px wide, text at 200%": async (tab) => {
    await tab.setViewportSize(phone.viewport);
    return overflowsWith(tab, twiceTheText);
  },
  "1280 px wide": async (tab) => {
    await tab.setViewportSize(wide.viewport);
    return overflows(tab);
  },
};
