// What a search costs its readers: Plainsite and Pagefind over the same pages.
//
//     node search.mjs DIR [--plainsite PATH] [--have-index] [--queries "a,b c d"]
//                         [--repeats N] [--brotli] [--json]
//
// DIR is a folder of finished HTML from any generator; it is copied and left as
// it was. README.md beside this file says what is measured, and how to read it.
// Needs GNU time and Chromium (`CHROMIUM` names another than /usr/bin/chromium).

import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { cpus, loadavg, tmpdir } from "node:os";
import { basename, extname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { chromium } from "playwright-core";
import { resolveBinaryPath } from "./node_modules/pagefind/lib/resolveBinary.js";

const LIMITS = [3, 5, 10];
const INDEX_RUNS = 3;
const WARM_RUNS = 20;

// A wait that makes rounds plain to see: requests made together are all sent
// long before the first of them is answered.
const STEADY = { offline: false, latency: 60, downloadThroughput: -1, uploadThroughput: -1 };

// An old phone with a weak signal: 400 kbit/s, in bytes, and a quarter of the speed.
const WEAK_SIGNAL = { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 };
const SLOWDOWN = 4;

// What a host compresses; the rest it sends as it is.
const TEXT = {
  ".css": "text/css",
  ".html": "text/html",
  ".js": "text/javascript",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".txt": "text/plain",
  ".xml": "application/xml",
};

const PAGEFIND_KINDS = [
  ["engine", /\.js$/],
  ["entry", /entry/],
  ["wasm", /^wasm/],
  ["meta", /pf_meta$/],
  ["index chunk", /pf_index$/],
  ["fragment", /pf_fragment$/],
];

// How each engine is asked, inside the page, and which file is of which kind.
// An engine is loaded by `load`, and `ask` resolves when results are in hand.
const ENGINES = {
  plainsite: {
    folder: "search",
    owns: /^(search\.js|index\.json|(words|pages|spelling)-\d+\.\w+\.json|labels\.\w+\.json)$/,
    load: `import("/search/search.js").then(({ open }) => open("/search/"))`,
    ask: `engine.search(query, { limit }).then(({ results }) => results)`,
    kind: (name) => name.match(/^(words|pages|spelling|labels|index)\b/)?.[0] ?? "engine",
  },
  pagefind: {
    folder: "pagefind",
    owns: /./,
    load: `import("/pagefind/pagefind.js")`,
    ask: `engine.search(query).then(({ results }) =>
      Promise.all(results.slice(0, limit).map((result) => result.data())))`,
    kind: (name) => PAGEFIND_KINDS.find(([, pattern]) => pattern.test(name))?.[0] ?? "other",
  },
};

// Pagefind works in a worker, which Chromium cannot slow down. Without one it
// fetches one file less, and its work is as slow as the rest of the phone.
const ON_MAIN_THREAD = {
  ...ENGINES.pagefind,
  load: `import("/pagefind/pagefind.js").then(async (engine) => {
    await engine.options({ noWorker: true });
    return engine;
  })`,
};

const options = readOptions();
const report = await main();
print(options.json ? JSON.stringify(report, null, 2) : tables(report));

function readOptions() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      plainsite: { type: "string", default: fileURLToPath(new URL("../../target/release/plainsite", import.meta.url)) },
      "have-index": { type: "boolean", default: false },
      queries: { type: "string" },
      repeats: { type: "string", default: "3" },
      brotli: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
    },
  });
  if (positionals.length !== 1) {
    console.error("Name one folder of finished HTML: node search.mjs DIR");
    process.exit(2);
  }
  return { ...values, folder: resolve(positionals[0]), repeats: Number(values.repeats) };
}

async function main() {
  const seconds = {};
  const load = round(loadavg()[0]); // times are worth little on a busy machine
  const timed = async (name, work) => {
    console.error(`${name} …`);
    const start = performance.now();
    const value = await work();
    seconds[name] = round((performance.now() - start) / 1000);
    return value;
  };
  const temporary = mkdtempSync(join(tmpdir(), "search-bench-"));
  let server, browser;
  try {
    const copy = join(temporary, "site");
    await timed("copy", () => copyPages(options.folder, copy));
    const pages = await timed("read", () => readPages(copy));
    const queries = options.queries ? byLength(options.queries) : chooseQueries(pages);
    const index = await timed("index", () => measureIndexing(copy));
    server = await serve(copy, languageOf(pages));
    browser = await launch();
    const wire = await timed("wire", () => measureWire(browser, server, queries));
    const phone = await timed("phone", () => measurePhone(browser, server, queries));
    const warm = await timed("warm", () => measureWarmWork(browser, server, queries));
    const machine = { load, cores: cpus().length };
    const made = { node: process.version, chromium: browser.version(), pagefind: pagefindVersion() };
    return { pages: pages.length, machine, made, queries, index, wire, phone, warm, seconds };
  } finally {
    await browser?.close();
    server?.close();
    rmSync(temporary, { recursive: true, force: true });
  }
}

// The pages, and the queries that suit them.

/** Copies the site, but no index that an earlier run of Pagefind left in it. */
function copyPages(from, to) {
  const filter = (path) => relative(from, path) !== ENGINES.pagefind.folder;
  cpSync(from, to, { recursive: true, filter });
}

/** Each page that people read: its language, and its words in order of appearance. */
function readPages(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith(".html") && basename(name) !== "404.html")
    .sort()
    .map((name) => readFileSync(join(folder, name), "utf8"))
    .filter((html) => !/<meta http-equiv="?refresh/i.test(html))
    .map((html) => ({ language: html.match(/<html[^>]* lang="?([\w-]+)/i)?.[1], words: wordsOf(html) }));
}

function wordsOf(html) {
  const main = html.match(/<main[\s>][\s\S]*<\/main>/i)?.[0] ?? html;
  const text = main
    .replace(/<(script|style|nav|pre)[\s>][\s\S]*?<\/\1>/gi, " ")
    .replace(/<[^>]*>|&#?\w+;/g, " ")
    .toLowerCase();
  return new Set(text.match(/(?<![\p{L}\p{N}'’-])\p{L}{5,14}(?![\p{L}\p{N}'’-])/gu));
}

/** The language that most pages are in; Pagefind chooses its index by that of the page. */
function languageOf(pages) {
  const counts = new Map();
  for (const { language = "en" } of pages) counts.set(language, (counts.get(language) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? "en";
}

/**
 * Queries that this site can answer, the same ones each time.
 *
 * A word alone is on one page in a hundred to one in ten: rarer ones are names,
 * and commoner ones say little. Three words together may each be commoner, as in
 * what people type; they are all on one page at least.
 */
function chooseQueries(pages) {
  const uses = new Map();
  for (const { words } of pages) for (const word of words) uses.set(word, (uses.get(word) ?? 0) + 1);
  const between = (least, most) =>
    [...uses.keys()].filter((word) => uses.get(word) >= Math.max(2, least) && uses.get(word) <= most).sort();
  const middling = between(pages.length / 100, pages.length / 10);
  const common = new Set(between(pages.length / 20, pages.length / 3));
  const triples = pages
    .map(({ words }) => spread([...words].filter((word) => common.has(word)), 3))
    .filter((words) => words.length === 3);
  const slips = middling.map(misspell).filter((slip) => slip && !uses.has(slip));
  return {
    "one word": spread(middling, 10),
    "three words": spread(triples, 10).map((words) => words.join(" ")),
    misspelt: spread(slips, 5),
  };
}

/** Two letters in the middle of a long word change places; nothing for other words. */
function misspell(word) {
  const middle = Math.floor(word.length / 2);
  if (word.length < 7 || word[middle] === word[middle - 1]) return null;
  return word.slice(0, middle - 1) + word[middle] + word[middle - 1] + word.slice(middle + 1);
}

/** So many items of a list, at even distances. */
function spread(list, count) {
  if (list.length <= count) return list;
  return Array.from({ length: count }, (_, at) => list[Math.floor(((at + 0.5) * list.length) / count)]);
}

/** Queries from the command line, by how many words they have. */
function byLength(text) {
  const groups = {};
  for (const query of text.split(",").map((part) => part.trim()).filter(Boolean)) {
    const count = query.split(/\s+/).length;
    const name = { 1: "one word", 3: "three words" }[count] ?? `${count} words`;
    (groups[name] ??= []).push(query);
  }
  return groups;
}

// What the indexer needs and leaves.

function measureIndexing(copy) {
  const commands = {
    plainsite: [options.plainsite, "index", copy],
    // The program itself, since Node around it would cost time and memory of its own.
    pagefind: [resolveBinaryPath(["pagefind_extended", "pagefind"]), "--site", copy],
  };
  const measured = {};
  for (const [name, engine] of Object.entries(ENGINES)) {
    const folder = join(copy, engine.folder);
    const keep = name === "plainsite" && options["have-index"];
    if (keep && !filesOf(folder, engine).length) throw new Error(`${options.folder} has no index in search/`);
    const runs = keep ? [] : Array.from({ length: INDEX_RUNS }, () => indexOnce(commands[name], folder, engine));
    const middle = (key) => (runs.length ? median(runs.map((run) => run[key])) : null);
    measured[name] = { cpu: middle("cpu"), wall: middle("wall"), memory: middle("memory"), ...weigh(folder, engine) };
  }
  return measured;
}

/** One run from nothing: CPU and wall seconds, and the most memory any process held, in kB. */
function indexOnce(command, folder, engine) {
  for (const file of filesOf(folder, engine)) rmSync(file);
  const { error, status, stderr } = spawnSync("time", ["-f", "%U %S %e %M", ...command], {
    encoding: "utf8",
    maxBuffer: 1 << 30,
  });
  if (error || status !== 0) throw new Error(`${command.join(" ")}: ${error?.message ?? stderr}`);
  const [user, system, wall, memory] = stderr.trim().split("\n").at(-1).split(" ").map(Number);
  return { cpu: user + system, wall, memory };
}

/** The files of an index. Other files may share the folder, such as a page with a search form. */
function filesOf(folder, engine) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && engine.owns.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

/** Pagefind writes widgets too, which a site that has its own search page does not need. */
function weigh(folder, engine) {
  const isWidget = (file) => /^pagefind-(?!worker|entry).*\.(js|css)$/.test(basename(file));
  const weights = { files: 0, raw: 0, gzip: 0, needed: 0 };
  for (const file of filesOf(folder, engine)) {
    const gzip = gzipSync(readFileSync(file), { level: 9 }).length;
    weights.files += 1;
    weights.raw += statSync(file).size;
    weights.gzip += gzip;
    if (!isWidget(file)) weights.needed += gzip;
  }
  return weights;
}

function pagefindVersion() {
  return JSON.parse(readFileSync(new URL("node_modules/pagefind/package.json", import.meta.url))).version;
}

// The server and the browser.

/**
 * Serves the folder as an ordinary host does: text is compressed on the way,
 * the rest is sent as it is. Pagefind's own files are compressed already.
 */
async function serve(folder, language) {
  const blank = `<!doctype html><html lang="${language}"><title>Blank</title><link rel="icon" href="data:,">`;
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://127.0.0.1");
    const path = decodeURIComponent(pathname);
    const isSafe = !path.split("/").includes("..");
    const plain = path === "/blank.html" ? blank : isSafe && (await readFile(join(folder, path)).catch(() => null));
    if (!plain) return response.writeHead(404, { "content-length": 0 }).end();
    const { headers, body } = encode(path, plain, request.headers["accept-encoding"] ?? "");
    if (request.headers["sec-fetch-dest"] === "worker") await hold(running.line, body);
    running.sent.push({ path, bytes: body.length });
    response.writeHead(200, headers).end(body);
  });
  const running = { line: STEADY, sent: [], close: () => (server.closeAllConnections(), server.close()) };
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  running.origin = `http://127.0.0.1:${server.address().port}`;
  return running;
}

function encode(path, plain, accepted) {
  const type = TEXT[extname(path)];
  const headers = { "content-type": type ?? "application/octet-stream" };
  let body = Buffer.from(plain);
  // What hosts do on the fly: level 5 of Brotli, and 6 of gzip.
  if (type && options.brotli && /\bbr\b/.test(accepted)) {
    headers["content-encoding"] = "br";
    body = brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });
  } else if (type && /\bgzip\b/.test(accepted)) {
    headers["content-encoding"] = "gzip";
    body = gzipSync(body, { level: 6 });
  }
  headers["content-length"] = body.length;
  return { headers, body };
}

/** The browser makes all requests slow but that for the script of a worker, so this does. */
function hold({ latency, downloadThroughput }, { length }) {
  const transfer = downloadThroughput > 0 ? (1000 * length) / downloadThroughput : 0;
  return new Promise((ready) => setTimeout(ready, latency + transfer));
}

function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
}

/** Gives `work` a blank page with nothing in its cache, on a line as described. */
async function onBlankPage(browser, server, line, slowdown, work) {
  const context = await browser.newContext();
  server.line = line;
  try {
    const page = await context.newPage();
    await page.goto(`${server.origin}/blank.html`);
    const session = await context.newCDPSession(page);
    await session.send("Network.enable");
    await session.send("Network.emulateNetworkConditions", line);
    await session.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
    return await work(page, session);
  } finally {
    await context.close();
  }
}

/** Inside a page: loads the engine once, then times each query until its results are in hand. */
function ask(page, engine, queries, limit) {
  return page.evaluate(`(async () => {
    const limit = ${limit}, taken = [];
    let start = performance.now();
    const engine = globalThis.engine ??= await ${engine.load};
    for (const query of ${JSON.stringify(queries)}) {
      const { length } = await ${engine.ask};
      const end = performance.now();
      taken.push({ query, results: length, ms: end - start });
      start = end;
    }
    return taken;
  })()`);
}

// What goes over the wire.

async function measureWire(browser, server, queries) {
  const measured = [];
  for (const [group, list] of Object.entries(queries)) {
    for (const limit of LIMITS) {
      for (const [name, engine] of Object.entries(ENGINES)) {
        const each = [];
        for (const query of list) each.push(await wireOnce(browser, server, engine, query, limit));
        measured.push({ group, limit, engine: name, each });
      }
    }
  }
  return measured;
}

/** Sometimes a worker starts before anyone listens to it; then the query is asked again. */
async function wireOnce(browser, server, engine, query, limit) {
  for (let turn = 0; turn < 5; turn++) {
    const measured = await onBlankPage(browser, server, STEADY, 1, async (page, session) => {
      const requests = await watch(session);
      server.sent = [];
      const [{ results }] = await ask(page, engine, [query], limit);
      await page.waitForTimeout(4 * STEADY.latency); // for what nobody waited for
      return { results, sent: server.sent, whole: [...requests.values()].filter(({ end }) => end) };
    });
    const { results, sent, whole } = measured;
    if (whole.length !== sent.length) continue;
    const bytes = sum(sent, "bytes");
    return { query, results, bytes, requests: sent.length, rounds: rounds(whole), kinds: kinds(sent, engine) };
  }
  throw new Error(`“${query}”: the browser does not tell of all the files that the server sends`);
}

/**
 * Notes when each request of a page and of its workers starts and ends.
 *
 * Sizes are the server's word: the browser's events leave out workers' scripts,
 * and agree with it on the rest.
 */
async function watch(session) {
  const requests = new Map();
  const hear = (method, { requestId, timestamp }) => {
    if (method === "Network.requestWillBeSent") requests.set(requestId, { start: timestamp });
    if (method === "Network.loadingFinished") Object.assign(requests.get(requestId) ?? {}, { end: timestamp });
  };
  for (const method of ["Network.requestWillBeSent", "Network.loadingFinished"]) {
    session.on(method, (event) => hear(method, event));
  }
  await watchWorkers(session, hear);
  return requests;
}

/** A worker speaks only to those who attach to it, before it runs, by messages in messages. */
async function watchWorkers(session, hear) {
  let id = 0;
  session.on("Target.attachedToTarget", ({ sessionId }) => {
    for (const method of ["Network.enable", "Runtime.runIfWaitingForDebugger"]) {
      const message = JSON.stringify({ id: ++id, method, params: {} });
      // A page that closes takes its workers along.
      session.send("Target.sendMessageToTarget", { sessionId, message }).catch(() => {});
    }
  });
  session.on("Target.receivedMessageFromTarget", ({ message }) => {
    const { method, params } = JSON.parse(message);
    if (method?.startsWith("Network.")) hear(method, params);
  });
  await session.send("Target.setAutoAttach", { autoAttach: true, waitForDebuggerOnStart: true, flatten: false });
}

/** The longest chain of requests of which each was made after the one before had ended. */
function rounds(requests) {
  const depths = new Map();
  for (const request of requests.sort((a, b) => a.start - b.start)) {
    const before = [...depths].filter(([other]) => other.end <= request.start).map(([, depth]) => depth);
    depths.set(request, 1 + Math.max(0, ...before));
  }
  return Math.max(...depths.values());
}

function kinds(sent, engine) {
  const counts = {};
  for (const { path, bytes } of sent) {
    const kind = engine.kind(basename(path));
    const count = (counts[kind] ??= { requests: 0, bytes: 0 });
    count.requests += 1;
    count.bytes += bytes;
  }
  return counts;
}

// How long a reader waits.

/** Cold: from loading the engine to results. Warm: another query on the same page. */
async function measurePhone(browser, server, queries) {
  const variants = { ...ENGINES, "pagefind, no worker": ON_MAIN_THREAD };
  const all = Object.values(queries).flat();
  const measured = [];
  for (const [group, list] of Object.entries(queries)) {
    for (const [name, engine] of Object.entries(variants)) {
      const each = [];
      for (let turn = 0; turn < options.repeats; turn++) {
        const first = list[turn % list.length];
        // A list of one has no other query; then it is one from another list.
        const second = [list[(turn + 1) % list.length], ...all].find((query) => query !== first) ?? first;
        each.push(await onBlankPage(browser, server, WEAK_SIGNAL, SLOWDOWN, (page) => ask(page, engine, [first, second], 3)));
      }
      const [cold, warm] = [0, 1].map((at) => each.map((taken) => taken[at].ms));
      measured.push({ group, engine: name, cold, warm });
    }
  }
  return measured;
}

/** How long a query takes when nothing is fetched: the script's own work, slowed down. */
async function measureWarmWork(browser, server, queries) {
  const variants = { plainsite: ENGINES.plainsite, pagefind: ON_MAIN_THREAD };
  const measured = [];
  for (const [group, list] of Object.entries(queries)) {
    for (const [name, engine] of Object.entries(variants)) {
      const line = { ...WEAK_SIGNAL, latency: 0, downloadThroughput: -1, uploadThroughput: -1 };
      const taken = await onBlankPage(browser, server, line, SLOWDOWN, async (page) => {
        await ask(page, engine, list, 10); // so that all parts are there
        return ask(page, engine, Array(WARM_RUNS).fill(list).flat(), 10);
      });
      measured.push({ group, engine: name, ms: taken.map(({ ms }) => ms) });
    }
  }
  return measured;
}

// The tables.

function tables(report) {
  const { machine, made, seconds } = report;
  return [
    `${report.pages} pages. Pagefind ${made.pagefind}, Chromium ${made.chromium}, Node ${made.node}.`,
    `Load at the start ${machine.load}, on ${machine.cores} cores.`,
    ...Object.entries(report.queries).map(([group, list]) => `${group}: ${list.join(", ")}`),
    "",
    "Indexing",
    table(["", "plainsite", "pagefind", "ratio"], indexRows(report.index)),
    `Over the wire: bodies as sent with ${options.brotli ? "Brotli" : "gzip"}, without headers; nothing cached`,
    table(
      ["queries", "limit", "", "plainsite", "worst", "pagefind", "worst", "ratio"],
      wireRows(report.wire),
    ),
    "By kind of file, limit 10: mean for each query",
    table(["queries", "engine", "kind", "requests", "kB"], kindRows(report.wire)),
    `Slow phone: 400 kbit/s, 400 ms, CPU ${SLOWDOWN} times slower; seconds to 3 results, median`,
    table(["queries", "", "plainsite", "pagefind", "ratio", "pagefind, no worker", "ratio"], phoneRows(report.phone)),
    `Work of a query with all parts at hand, CPU ${SLOWDOWN} times slower, 10 results, no worker`,
    table(["queries", "", "plainsite", "pagefind", "ratio"], warmRows(report.warm)),
    `Took, in seconds: ${Object.entries(seconds).map(([name, taken]) => `${name} ${taken}`).join(", ")}.`,
  ].join("\n");
}

function indexRows({ plainsite, pagefind }) {
  const rows = [
    ["CPU, s", "cpu", 1],
    ["wall, s", "wall", 1],
    ["peak memory, MB", "memory", 1000],
    ["files", "files", 1],
    ["raw, kB", "raw", 1000],
    ["gzip -9, kB", "gzip", 1000],
    ["the same without widgets, kB", "needed", 1000],
  ];
  return rows.map(([name, key, unit]) => [name, ...compare(plainsite[key], pagefind[key], unit)]);
}

function wireRows(wire) {
  const measures = [
    ["kB", "bytes", 1000],
    ["requests", "requests", 1],
    ["rounds", "rounds", 1],
    ["results", "results", 1],
  ];
  return pairs(wire, ({ group, limit }) => `${group} ${limit}`).flatMap(([plainsite, pagefind]) =>
    measures.map(([name, key, unit]) => {
      const of = ({ each }) => each.map((one) => one[key]);
      // The worst for results is the fewest.
      const worst = (one) => (key === "results" ? Math.min : Math.max)(...of(one)) / unit;
      const [ours, theirs, ratio] = compare(median(of(plainsite)), median(of(pagefind)), unit);
      const row = [ours, show(worst(plainsite)), theirs, show(worst(pagefind)), key === "results" ? "" : ratio];
      return [plainsite.group, plainsite.limit, name, ...row];
    }),
  );
}

function kindRows(wire) {
  return wire.filter(({ limit }) => limit === LIMITS.at(-1)).flatMap(({ group, engine, each }) => {
    const names = [...new Set(each.flatMap((one) => Object.keys(one.kinds)))];
    const mean = (name, key) => sum(each.map((one) => one.kinds[name] ?? { [key]: 0 }), key) / each.length;
    return names.map((name) => [group, engine, name, show(mean(name, "requests")), show(mean(name, "bytes") / 1000)]);
  });
}

function phoneRows(phone) {
  return pairs(phone, ({ group }) => group).flatMap((three) =>
    ["cold", "warm"].map((state) => {
      const [plainsite, worker, main] = three.map((one) => median(one[state]));
      return [three[0].group, state, ...compare(plainsite, worker, 1000), ...compare(plainsite, main, 1000).slice(1)];
    }),
  );
}

function warmRows(warm) {
  return pairs(warm, ({ group }) => group).flatMap(([plainsite, pagefind]) => [
    [plainsite.group, "median ms", ...compare(median(plainsite.ms), median(pagefind.ms), 1)],
    [plainsite.group, "worst ms", ...compare(Math.max(...plainsite.ms), Math.max(...pagefind.ms), 1)],
  ]);
}

/** What was measured of each engine, side by side. */
function pairs(list, key) {
  const groups = new Map();
  for (const one of list) groups.set(key(one), [...(groups.get(key(one)) ?? []), one]);
  return [...groups.values()];
}

function compare(plainsite, pagefind, unit) {
  const ratio = plainsite && pagefind !== null ? `${(pagefind / plainsite).toFixed(2)}×` : "–";
  return [plainsite, pagefind].map((value) => (value === null ? "–" : show(value / unit))).concat(ratio);
}

function table(head, rows) {
  const lines = [head, ...rows].map((row) => row.map(String));
  const widths = head.map((_, at) => Math.max(...lines.map((line) => line[at].length)));
  const isNumber = head.map((_, at) => lines.slice(1).every((line) => /^[\d.,×–]*$/.test(line[at])));
  const pad = (cell, at) => (isNumber[at] ? cell.padStart(widths[at]) : cell.padEnd(widths[at]));
  return lines.map((line) => `  ${line.map(pad).join("  ")}`.trimEnd()).join("\n") + "\n";
}

function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return (sorted[Math.floor(middle)] + sorted[Math.ceil(middle) - 1]) / 2;
}

function sum(list, key) {
  return list.reduce((total, one) => total + one[key], 0);
}

function round(number) {
  return Math.round(number * 100) / 100;
}

function show(number) {
  if (Number.isInteger(number)) return String(number);
  return number < 10 ? number.toFixed(2) : number.toFixed(1);
}

function print(text) {
  process.stdout.write(`${text}\n`);
}
