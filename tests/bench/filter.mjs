// How long the filter of a directory of 2,000 services takes to follow what is typed and
// ticked, on a slow phone: the script, and the script with layout, at a quarter of this
// machine's speed. Where the machine is quiet each should be under 50 ms.
//
//     node tests/bench/filter.mjs
//
// It needs Chromium and the packages of tests/browser (npm ci there).

import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const { chromium } = createRequire(join(here, "../browser/package.json"))("playwright-core");
const { make } = await import("../browser/fixture.mjs");
const { serve } = await import("../browser/server.mjs");

const folder = mkdtempSync(join(tmpdir(), "plainsite-filter-"));
make(folder);
const site = await serve(folder);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"],
});
const tab = await (await browser.newContext({ viewport: { width: 360, height: 640 } })).newPage();
await tab.goto(`${site.base}many/`);
const phone = await tab.context().newCDPSession(tab);
await phone.send("Emulation.setCPUThrottlingRate", { rate: 4 });
await tab.getByRole("searchbox").focus();
await tab.waitForFunction(() => document.querySelectorAll("[data-list] input").length > 2);

const typed = ["r", "ro", "rowan", "rowan house wages", "advice benefits west", "qqq", ""].map((words) => ["#filter-q", words]);
const ticked = ["payroll", "Exampleton", "phone"].map((value) => [`[value="${value}"]`, true]);
for (const [which, value] of [...typed, ...ticked]) {
  const [script, all] = await tab.evaluate(async ([which, value]) => {
    const control = document.querySelector(which);
    const start = performance.now();
    if (value === true) control.checked = true;
    else control.value = value;
    control.dispatchEvent(new Event("input", { bubbles: true }));
    await Promise.resolve();
    await Promise.resolve();
    const script = performance.now() - start;
    // Reading a size makes the browser lay the page out now.
    void document.body.offsetHeight;
    return [script, performance.now() - start];
  }, [which, value]);
  const name = value === true ? which : `“${value}”`;
  console.log(`${name}: script ${script.toFixed(1)} ms, with layout ${all.toFixed(1)} ms`);
}
await browser.close();
await site.close();
rmSync(folder, { recursive: true });
process.exit(0);
