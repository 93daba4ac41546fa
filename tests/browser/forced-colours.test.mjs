// With the few colours of a person's own choice, all is still there: the focus,
// the edges of boxes, and answers in words.

import { each, everythingOpen, fromTheTop, narrow, pressTab, samples } from "./site.mjs";

each(samples, { ...narrow, forcedColors: "active" }, {
  "the focus can be seen": async (tab) => {
    await everythingOpen(tab);
    await fromTheTop(tab);
    await tab.evaluate(() => {
      globalThis.seen = [];
      addEventListener("focusin", ({ target }) => seen.push([target, focusFault(target), getComputedStyle(target).outlineStyle]));
    });
    await pressTab(tab, await tab.evaluate(() => stops().length));
    // Forced colours take shadows away: only an outline is left.
    return tab.evaluate(() =>
      seen
        .filter(([, fault, outline]) => fault || outline === "none")
        .map(([e]) => ({ rule: "visible focus", where: describe(e), say: "It has no outline when it has the focus." })),
    );
  },

  "boxes and controls have an edge": (tab) =>
    tab.evaluate(() => {
      // A browser draws boxes to tick in the person's own colours, whatever the style says.
      const boxes =
        ".box, .contact, .notice, .state, .answer, .sheet, button, select, textarea, " +
        "input:not([type=hidden], [type=checkbox], [type=radio])";
      return [...document.querySelectorAll(boxes)]
        .filter(isVisible)
        .filter((e) => {
          const style = getComputedStyle(e);
          return !["Top", "Right", "Bottom", "Left"].some(
            (side) =>
              parseFloat(style[`border${side}Width`]) >= 1 &&
              !/none|hidden/.test(style[`border${side}Style`]) &&
              style[`border${side}Color`] !== style.backgroundColor &&
              style[`border${side}Color`] !== getComputedStyle(e.parentElement).backgroundColor,
          );
        })
        .map((e) => ({ rule: "edge", where: describe(e), say: "Its edge cannot be seen in forced colours." }));
    }),

  "answers are words": (tab) =>
    tab.evaluate(() =>
      [...document.querySelectorAll(".answer")]
        .filter((e) => !isVisible(e) || !/\p{L}{2,}/u.test(e.innerText))
        .map((e) => ({ rule: "answer", where: describe(e), say: "The answer cannot be read as a word." })),
    ),
});
