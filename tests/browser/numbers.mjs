// Phone numbers: each can be tapped, is high enough for a finger, and stands on one line.

import { everythingOpen, narrow } from "./site.mjs";

export const numbers = {
  "320 px wide, a number is a link of one line and 24 px": async (tab) => {
    await tab.setViewportSize(narrow.viewport);
    await everythingOpen(tab);
    return tab.evaluate(() => {
      const found = [];
      const number = /(?:\+44|\b0)[\d  ()-]{8,}\d/;
      for (const link of document.querySelectorAll('a[href^="tel:"]')) {
        if (!isVisible(link)) continue;
        const { height } = link.getBoundingClientRect();
        if (height < 24) found.push({ rule: "target", where: describe(link), say: `It is ${height} px high.` });
        const walker = document.createTreeWalker(link, NodeFilter.SHOW_TEXT);
        for (let text; (text = walker.nextNode()); ) {
          const at = number.exec(text.data);
          if (!at) continue;
          const range = document.createRange();
          range.setStart(text, at.index);
          range.setEnd(text, at.index + at[0].length);
          const lines = new Set([...range.getClientRects()].map((box) => Math.round(box.top)));
          if (lines.size > 1) found.push({ rule: "one line", where: describe(link), say: `${at[0]} takes ${lines.size} lines.` });
        }
      }
      const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      for (let text; (text = words.nextNode()); ) {
        const around = text.parentElement;
        if (!number.test(text.data) || !isVisible(around) || around.closest("a, code, pre, .sheet, .question, .fields, script")) continue;
        found.push({ rule: "link", where: describe(around), say: `“${text.data.trim().slice(0, 60)}” has a number that cannot be tapped.` });
      }
      return found;
    });
  },
};
