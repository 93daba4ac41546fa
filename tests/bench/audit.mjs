// `plainsite audit` beside axe-core in a browser, over pages that other programs made:
//
//     node audit.mjs FOLDER... [--pages N] [--plainsite PATH] [--places] [--scripts]
//
// Of each folder N pages are taken (30), the same ones each time. Both look at each page, and
// what fails the one is looked for in what the other says of that page: by rule, and for
// contrast by place, which is the two colours and the first words. `--places` prints what one
// alone says. What axe leaves off until it is asked for stands in brackets and is in no sum.
// It takes axe-core and playwright-core from `tests/browser` (`npm ci` there) and
// Chromium (`CHROMIUM` names another than `/usr/bin/chromium`).

import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, extname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { alike } from "../browser/alike.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const browserRequire = createRequire(join(here, "../browser/package.json"));
const { chromium } = browserRequire("playwright-core");
const axe = readFileSync(browserRequire.resolve("axe-core/axe.min.js"), "utf8");

const { values: options, positionals: folders } = parseArgs({
  allowPositionals: true,
  options: {
    pages: { type: "string", default: "30" },
    plainsite: { type: "string", default: join(here, "../../target/release/plainsite") },
    places: { type: "boolean", default: false },
    scripts: { type: "boolean", default: false },
  },
});
if (folders.length === 0) {
  console.error("Name folders with pages of HTML: node audit.mjs FOLDER...");
  process.exit(2);
}

/** Pages of at most 300 kB that do not lead on at once, spread evenly over the folder. */
function sample(folder) {
  const all = readdirSync(folder, { recursive: true })
    .filter((name) => /\.html?$/i.test(name))
    .filter((name) => {
      const { size } = statSync(join(folder, name));
      return size > 1000 && size < 300_000;
    })
    .filter((name) => !/http-equiv\s*=\s*["']?refresh/i.test(readFileSync(join(folder, name), "latin1")))
    .sort();
  const wanted = Math.min(Number(options.pages), all.length);
  return Array.from({ length: wanted }, (_, at) => all[Math.floor((at * all.length) / wanted)]);
}

/** What `plainsite audit` says of a folder, by page. */
function ours(folder, pages) {
  const run = spawnSync(resolve(options.plainsite), ["audit", folder, "--format", "json"], {
    encoding: "utf8",
    maxBuffer: 2 ** 30,
  });
  if (run.status > 1) throw new Error(run.stderr);
  console.log(run.stderr.trim());
  const wanted = new Set(pages);
  const found = new Map(pages.map((page) => [page, []]));
  for (const line of run.stdout.split("\n").filter(Boolean)) {
    const one = JSON.parse(line);
    if (wanted.has(one.file)) found.get(one.file).push(one);
  }
  return found;
}

const plain = (text) => text.replace(/\s+/g, " ").trim();

/** A place of low contrast: its colours and its first words. */
function place(one) {
  const [, words, fore, back] = one.message.match(/^“(.*?)…?” is (#\w+) on (#\w+)/s) ?? [];
  return words === undefined ? null : { words: plain(words).slice(0, 20), colours: `${fore} ${back}` };
}

/** In the page: what axe says. */
async function ask(rules) {
  const { violations, incomplete } = await globalThis.axe.run(document, {
    runOnly: { type: "rule", values: rules },
    resultTypes: ["violations", "incomplete"],
  });
  const isOn = (id) => globalThis.axe._audit.rules.find((rule) => rule.id === id).enabled;
  const each = (results) =>
    results.map(({ id, tags, nodes }) => ({
      id,
      isOn: isOn(id),
      isLaw: tags.some((tag) => /^wcag\d*a{1,2}$/.test(tag)),
      nodes: nodes.map(({ html, target, any }) => {
        const data = any.find((check) => check.id === "color-contrast")?.data;
        const element = target.length === 1 && typeof target[0] === "string" ? document.querySelector(target[0]) : null;
        return { html: html.slice(0, 160), words: (element?.innerText ?? "").slice(0, 60), colours: data ? `${data.fgColor} ${data.bgColor}` : "" };
      }),
    }));
  return { failed: each(violations), unsure: each(incomplete) };
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? ["/usr/bin/chromium", "/usr/bin/chromium-headless-shell"].find(existsSync),
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
});
const context = await browser.newContext({
  viewport: { width: 1280, height: 900 },
});
/** A host of one folder, which runs no script of its pages. Nothing else is asked. */
const host = "http://pages.example/";
let root = "";
await context.route("**/*", async (route) => {
  const address = new URL(route.request().url());
  const file = join(root, decodeURIComponent(address.pathname));
  const isHere = address.href.startsWith(host) && file.startsWith(root) && existsSync(file) && statSync(file).isFile();
  if (!isHere) return route.abort();
  const type = { ".css": "text/css", ".html": "text/html", ".htm": "text/html", ".svg": "image/svg+xml", ".en": "text/html" }[extname(file)];
  const headers = options.scripts ? {} : { "content-security-policy": "script-src 'none'" };
  return route.fulfill({ path: file, headers: type ? { ...headers, "content-type": type } : headers });
});

const sum = { pages: 0, theirs: 0, both: 0, asked: 0, alone: 0, contrast: 0, contrastBoth: 0, contrastAsked: 0, contrastOurs: 0, contrastAlone: 0 };
const byRule = new Map();
for (const folder of folders.map((folder) => resolve(folder))) {
  const pages = sample(folder);
  const found = ours(folder, pages);
  root = folder;
  for (const page of pages) {
    let theirs;
    const tab = await context.newPage();
    // Closing the tab ends what waits for it.
    const late = setTimeout(() => tab.close(), 120_000);
    try {
      await tab.goto(host + page.split("/").map(encodeURIComponent).join("/"), { waitUntil: "load", timeout: 20_000 });
      await tab.evaluate(axe);
      theirs = await tab.evaluate(ask, Object.keys(alike));
    } catch (error) {
      console.log(`${basename(folder)}/${page}: left out, ${String(error).split("\n")[0]}`);
      continue;
    } finally {
      clearTimeout(late);
      await tab.close();
    }
    sum.pages += 1;
    const own = found.get(page);
    // The browser shows light colours.
    const failed = own.filter((one) => one.outcome === "failed" && !one.message.includes(" in dark colours"));
    for (const { id, isOn, nodes } of theirs.failed.filter(({ isLaw }) => isLaw)) {
      const rule = byRule.get(id) ?? { theirs: 0, both: 0, asked: 0, isOn };
      byRule.set(id, rule);
      const says = (one) => alike[id].includes(one.code);
      const count = (name) => {
        rule[name] += 1;
        if (isOn) sum[name] += 1;
      };
      count("theirs");
      if (failed.some(says)) count("both");
      else if (own.some(says)) count("asked");
      else if (options.places) console.log(`axe ${id}: ${folder}/${page}: ${nodes[0].html}`);
    }
    const law = new Set(theirs.failed.map(({ id }) => id));
    const said = (code) => Object.keys(alike).filter((id) => alike[id].includes(code));
    for (const code of new Set(failed.filter((one) => ["A", "AA"].includes(one.level)).map((one) => one.code))) {
      const ids = said(code);
      const isSaid = ids.some((id) => law.has(id) || theirs.unsure.some((one) => one.id === id));
      if (ids.length > 0 && !isSaid) {
        sum.alone += 1;
        if (options.places) {
          const one = failed.find((one) => one.code === code);
          console.log(`plainsite ${code}: ${folder}/${page}:${one.line}: ${one.message}`);
        }
      }
    }
    // Contrast, place by place.
    const places = failed.filter((one) => one.code === "contrast").map(place).filter(Boolean);
    const asked = own.filter((one) => one.code === "contrast" && one.outcome !== "failed").length > 0;
    const nodes = theirs.failed.find(({ id }) => id === "color-contrast")?.nodes ?? [];
    const unsure = theirs.unsure.find(({ id }) => id === "color-contrast")?.nodes ?? [];
    const left = [...places];
    for (const node of nodes) {
      sum.contrast += 1;
      const words = plain(node.words).slice(0, 20);
      const same = (one) => one.colours === node.colours && (one.words.startsWith(words.slice(0, 12)) || words.startsWith(one.words.slice(0, 12)));
      let at = left.findIndex(same);
      if (at < 0) at = left.findIndex((one) => one.colours === node.colours);
      if (at >= 0) {
        sum.contrastBoth += 1;
        left.splice(at, 1);
      } else if (places.some(same)) sum.contrastBoth += 1;
      else if (asked) {
        sum.contrastAsked += 1;
        if (options.places) console.log(`asked contrast: ${folder}/${page}: ${node.colours} ${node.html}`);
      }
      else if (options.places) console.log(`axe contrast: ${folder}/${page}: ${node.colours} ${node.html}`);
    }
    sum.contrastOurs += places.length;
    for (const one of left) {
      const isUnsure = unsure.some((node) => plain(node.words).startsWith(one.words.slice(0, 12)));
      const isSeen = nodes.some((node) => node.colours === one.colours);
      if (isUnsure || isSeen) continue;
      sum.contrastAlone += 1;
      if (options.places) console.log(`plainsite contrast: ${folder}/${page}: “${one.words}” ${one.colours}`);
    }
  }
}
await browser.close();

const share = (part, whole) => (whole === 0 ? "–" : `${((100 * part) / whole).toFixed(1)}%`);
console.log(`
${sum.pages} pages of ${folders.length} folders.
Rules of A and AA that axe says a page fails: ${sum.theirs}. Failed here too: ${sum.both} (${share(sum.both, sum.theirs)}), asked: ${sum.asked}.
Rules that fail here alone, page by page: ${sum.alone}.
Places of low contrast that axe names: ${sum.contrast}. Named here too: ${sum.contrastBoth} (${share(sum.contrastBoth, sum.contrast)}), asked of the page: ${sum.contrastAsked}.
Places of low contrast named here: ${sum.contrastOurs}. Here alone: ${sum.contrastAlone}.
`);
for (const [id, { theirs, both, asked, isOn }] of [...byRule].sort((a, b) => b[1].theirs - a[1].theirs)) {
  console.log(`${(isOn ? id : `(${id})`).padEnd(32)} ${String(theirs).padStart(4)} ${String(both).padStart(4)} ${String(asked).padStart(4)}`);
}
