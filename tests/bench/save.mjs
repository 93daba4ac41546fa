// How long an editor waits: from a save until the page is served, and for a build of what
// did not change. `node save.mjs SITE [--plainsite PATH] [--saves N] [--pause MS]`

import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { spawn, spawnSync } from "node:child_process";
import { Agent, get } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const here = dirname(fileURLToPath(import.meta.url));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    plainsite: { type: "string", default: join(here, "../../target/release/plainsite") },
    saves: { type: "string", default: "21" },
    pause: { type: "string", default: "1000" },
  },
});
if (positionals.length !== 1) {
  console.error("Give the folder of one site: node save.mjs SITE");
  process.exit(2);
}
const program = resolve(values.plainsite);
const memory = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();
const root = mkdtempSync(join(memory, "plainsite-bench-"));
process.on("exit", () => rmSync(root, { recursive: true, force: true }));
for (const part of ["content", "themes", "site.toml"]) {
  const from = join(positionals[0], part);
  if (existsSync(from)) cpSync(from, join(root, part), { recursive: true });
}

const pages = readdirSync(join(root, "content"), { recursive: true })
  .filter((name) => name.endsWith(".md") && !/(^|\/)_|(^|\/)index\.|\.[a-z]{2}\.md$|README/.test(name))
  .sort();
const page = pages[pages.length >> 1];
const file = join(root, "content", page);
const text = readFileSync(file, "utf8");
const wait = (ms) => new Promise((done) => setTimeout(done, ms));

function build(...words) {
  const run = spawnSync("/usr/bin/time", ["-f", "%U %S %M", program, "build", "--root", root, ...words], { encoding: "utf8" });
  const [user, system, kilobytes] = run.stderr.trim().split("\n").at(-1).split(" ").map(Number);
  return { seconds: user + system, megabytes: Math.round(kilobytes / 1024) };
}

const median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1];
function builds(name, before, ...words) {
  const runs = [0, 1, 2].map((number) => (before?.(number), build(...words)));
  const seconds = median(runs.map((run) => run.seconds)).toFixed(2);
  console.log(`${name}: ${seconds} CPU s, ${median(runs.map((run) => run.megabytes))} MiB`);
}

console.log(`${pages.length} files of pages`);
builds("a clean build, without a memory", null, "--no-cache");
build();
builds("again, nothing changed", null);
builds("again, one page changed", (number) => writeFileSync(file, `${text}\n\nSentence ${number}.\n`));

writeFileSync(file, text);
const preview = spawn(program, ["serve", "--port", "0", "--root", root], { stdio: ["ignore", "ignore", "pipe"] });
const at = await new Promise((found) => {
  let said = "";
  preview.stderr.on("data", (more) => {
    said += more;
    const address = said.match(/http:\/\/127\.0\.0\.1:\d+\//)?.[0];
    if (address) found(address);
  });
});
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const ask = (address) =>
  new Promise((done, failed) =>
    get(address, { agent }, (answer) => {
      let body = "";
      answer.on("data", (more) => (body += more)).on("end", () => done(body));
    }).on("error", failed),
  );
const address = new URL(`${relative(join(root, "content"), file).replace(/\.md$/, "")}/`, at);
const took = [];
for (let number = 0; number < Number(values.saves); number += 1) {
  await wait(Number(values.pause));
  const word = `Saved${number}x`;
  const start = performance.now();
  writeFileSync(file, `${text}\n\n${word} stands here.\n`);
  while (!(await ask(address)).includes(word));
  took.push(performance.now() - start);
}
const resident = readFileSync(`/proc/${preview.pid}/status`, "utf8").match(/VmRSS:\s+(\d+)/)[1];
console.log(
  `save to served: median ${median(took).toFixed(1)} ms, worst ${Math.max(...took).toFixed(1)} ms; ` +
    `the preview has ${Math.round(resident / 1024)} MiB`,
);
preview.kill();
