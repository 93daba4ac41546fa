// How long an editor waits, beside other makers of sites over the same files: from a save
// until the page is served, and for a build of what did not change.
// `node save.mjs SITE [--plainsite PATH] [--hugo PATH] [--saves N] [--runs N] [--pause MS]`

import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { spawn, spawnSync } from "node:child_process";
import { Agent, get } from "node:http";
import { cpus, tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { eleventy, hugo } from "./peers.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    plainsite: { type: "string", default: join(here, "../../target/release/plainsite") },
    hugo: { type: "string" },
    saves: { type: "string", default: "21" },
    runs: { type: "string", default: "3" },
    pause: { type: "string", default: "1000" },
  },
});
if (positionals.length !== 1) {
  console.error("Give the folder of one site: node save.mjs SITE");
  process.exit(2);
}
const program = resolve(values.plainsite);
const memory = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();
const work = mkdtempSync(join(memory, "plainsite-bench-"));
process.on("exit", () => rmSync(work, { recursive: true, force: true }));

const plainsite = {
  name: "Plainsite",
  prepare(root) {
    const settings = join(positionals[0], "site.toml");
    if (existsSync(settings)) cpSync(settings, join(root, "site.toml"));
    const themes = join(positionals[0], "themes");
    if (existsSync(themes)) cpSync(themes, join(root, "themes"), { recursive: true });
  },
  // A clean build remembers nothing; others begin with what the one before them remembers.
  build: (root, out, isClean) => [[program, "build", "--root", root, "--out", out, ...(isClean ? ["--no-cache"] : [])]],
  serve: (root, port) => [program, "serve", "--port", String(port), "--root", root],
};
const makers = [plainsite, values.hugo && hugo(resolve(values.hugo)), eleventy()].filter(Boolean);

const median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1];
const wait = (ms) => new Promise((done) => setTimeout(done, ms));

/** The CPU seconds of some programs, one after the other, and the most memory that one had. */
function run(root, lines) {
  let [seconds, megabytes] = [0, 0];
  for (const line of lines) {
    const done = spawnSync("/usr/bin/time", ["-f", "%U %S %M", ...line], { encoding: "utf8", cwd: root, maxBuffer: 1 << 30 });
    if (done.status !== 0) throw new Error(`${line.join(" ")}: ${done.stderr.slice(-2000)}`);
    const [user, system, kilobytes] = done.stderr.trim().split("\n").at(-1).split(" ").map(Number);
    seconds += user + system;
    megabytes = Math.max(megabytes, Math.round(kilobytes / 1024));
  }
  return { seconds, megabytes };
}

async function measure(maker, number) {
  const root = join(work, String(number));
  const out = join(root, "public");
  mkdirSync(root);
  cpSync(join(positionals[0], "content"), join(root, "content"), { recursive: true });
  maker.prepare(root);
  const pages = readdirSync(join(root, "content"), { recursive: true })
    .filter((name) => name.endsWith(".md") && !/(^|\/)_|(^|\/)index\.|\.[a-z]{2}\.md$|README/.test(name))
    .sort();
  const file = join(root, "content", pages[pages.length >> 1]);
  const text = readFileSync(file, "utf8");
  const builds = (isClean, before) => {
    const runs = Array.from({ length: Number(values.runs) }, (_, at) => {
      if (isClean) rmSync(out, { recursive: true, force: true });
      before?.(at);
      return run(root, maker.build(root, out, isClean));
    });
    return { seconds: median(runs.map((one) => one.seconds)), megabytes: median(runs.map((one) => one.megabytes)) };
  };
  const clean = builds(true);
  run(root, maker.build(root, out, false));
  const again = builds(false);
  const changed = builds(false, (at) => writeFileSync(file, `${text}\n\nSentence ${at}.\n`));
  writeFileSync(file, text);

  const port = 18000 + number;
  const [command, ...words] = maker.serve(root, port);
  const began = performance.now();
  const server = spawn(command, words, { cwd: root, stdio: "ignore" });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const ask = (address) =>
    new Promise((done) =>
      get(address, { agent }, (answer) => {
        let body = "";
        answer.on("data", (more) => (body += more)).on("end", () => done(answer.statusCode === 200 ? body : ""));
      }).on("error", () => done("")),
    );
  const address = `http://127.0.0.1:${port}/${relative(join(root, "content"), file).replace(/\.md$/, "")}/`;
  while (!(await ask(address))) await wait(5);
  const first = performance.now() - began;
  const took = [];
  for (let save = 0; save < Number(values.saves); save += 1) {
    await wait(Number(values.pause));
    const word = `Saved${save}x`;
    const start = performance.now();
    writeFileSync(file, `${text}\n\n${word} stands here.\n`);
    while (!(await ask(address)).includes(word)) await wait(1);
    took.push(performance.now() - start);
  }
  const resident = Number(readFileSync(`/proc/${server.pid}/status`, "utf8").match(/VmRSS:\s+(\d+)/)[1]);
  server.kill();
  rmSync(root, { recursive: true, force: true });
  return { name: maker.name, pages: pages.length, clean, again, changed, first, took, resident: Math.round(resident / 1024) };
}

const all = [];
for (const [number, maker] of makers.entries()) all.push(await measure(maker, number));
const [own] = all;
const ratio = (one, self) => (self > 0 ? ` (${(one / self).toFixed(1)})` : "");
const row = (words, show) => console.log(`| ${[words, ...all.map(show)].join(" | ")} |`);
console.log(`${own.pages} files of pages; ${cpus()[0].model.trim()}, ${cpus().length} cores. In brackets: so many times Plainsite.\n`);
row("", (one) => one.name);
row("---", () => "---");
row("save to served, median (worst)", ({ took }) => `${median(took).toFixed(1)} ms${ratio(median(took), median(own.took))}, worst ${Math.max(...took).toFixed(1)} ms`);
for (const [words, part] of [["a clean build", "clean"], ["again, nothing changed", "again"], ["again, one page changed", "changed"]]) {
  row(words, (one) => `${one[part].seconds.toFixed(2)} CPU s${ratio(one[part].seconds, own[part].seconds)}, ${one[part].megabytes} MiB`);
}
row("from the start to the first page", ({ first }) => `${first.toFixed(0)} ms`);
row("memory of the preview", ({ resident }) => `${resident} MiB`);
