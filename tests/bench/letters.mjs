// How long the page of a letter takes to follow what is typed, on a slow phone: the
// time from a key to the finished preview, layout included, at a quarter of this
// machine's speed.
//
//     cargo run --release -- build --out /tmp/site
//     node tests/bench/letters.mjs /tmp/site
//
// It needs Chromium and the packages of tests/browser (npm ci there).

import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const { chromium } = createRequire(join(here, "../browser/package.json"))("playwright-core");
const { serve } = await import("../browser/server.mjs");

const site = await serve(resolve(process.argv[2] ?? join(here, "../../public")));
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"],
});
const tab = await (await browser.newContext({ viewport: { width: 360, height: 640 } })).newPage();
for (const letter of ["ask-for-records", "money-to-pay-back", "easy-read-review-date"]) {
  await tab.goto(`${site.base}letters/${letter}/`);
  const slow = await tab.context().newCDPSession(tab);
  await slow.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  const times = await tab.evaluate(() => {
    const inputs = [...document.querySelectorAll(".questions :is(input[type=text], textarea)")];
    const times = [];
    for (let round = 0; round < 20; round++) {
      for (const input of inputs) {
        input.value += "a";
        const start = performance.now();
        input.dispatchEvent(new Event("input", { bubbles: true }));
        // Reading a size makes the browser lay the page out now.
        void document.body.offsetHeight;
        times.push(performance.now() - start);
      }
    }
    return times.sort((a, b) => a - b);
  });
  const at = (part) => times[Math.min(times.length - 1, Math.floor(times.length * part))].toFixed(1);
  console.log(`${letter}: ${times.length} keys, median ${at(0.5)} ms, 95% below ${at(0.95)} ms, longest ${at(1)} ms`);
}
await browser.close();
await site.close?.();
process.exit(0);
