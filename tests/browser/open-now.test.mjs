// What the entry of a service says about now, on sites that the program makes: `PLAINSITE`
// names it.

import { after, test } from "node:test";
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { served } from "./site.mjs";
import { faultsOf, open } from "./tools.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const program = resolve(process.env.PLAINSITE ?? join(here, "../../target/release/plainsite"));
const folder = mkdtempSync(join(tmpdir(), "plainsite-open-"));
after(() => rmSync(folder, { recursive: true }));

const services = {
  office: "hours: 9am to 5pm Monday to Thursday; 9.30am to 12pm Friday (phone only)\nclosed: [bank holidays]",
  night: "hours: 10pm to 6am every day\nclosed: [24 December 2026]",
  shop: "hours: 10am to 4pm Monday to Saturday\nclosed: [bank holidays]",
  silent: "hours: 9am to 12pm and 12pm to 5pm Monday to Friday",
  always: "hours: 24 hours every day",
  paused: "hours: 24 hours every day\nstatus: closed for now",
};

/** A site of a nation with these services, served. */
async function built(nation, { language = "en", days = "" } = {}) {
  const root = mkdtempSync(join(folder, "site-"));
  const write = (name, text) => {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  };
  write("site.toml", `title = "Guide"\nnation = "${nation}"\nlanguages = ["${language}"]\n`);
  write("content/index.md", "---\ntitle: Guide\n---\n\nHello.\n");
  write("content/directory/index.md", "---\ntitle: Services\nkind: directory\nkind of pages: service\ncategories:\n  - {id: advice, name: Advice}\n---\n\nChoose.\n");
  if (days) write("content/_data/bank-holidays.yaml", days);
  for (const [id, more] of Object.entries(services))
    write(`content/directory/${id}.yaml`, `name: The ${id}\non offer: Help with forms.\nwho for: Anyone.\ncost: free\nhow to access: Call them.\nweb: https://www.service.example/\nareas: [County]\ncategory: [advice]\nchecked: 20 November 2026\n${more}\n`);
  const out = join(root, "public");
  const made = spawnSync(program, ["build", "--root", root, "--out", out, "--no-cache"], { encoding: "utf8" });
  assert.equal(made.status, 0, made.stdout + made.stderr);
  return served(out);
}

const england = await built("England");

/** What an entry says at moments, one after the other. */
async function said(site, service, moments, options = {}) {
  const { tab, close } = await open(`directory/${service}/`, { at: site, ...options });
  const part = tab.locator(".open-now");
  for (const [moment, words] of Object.entries(moments)) {
    await tab.clock.setFixedTime(new Date(moment));
    await tab.evaluate(() => dispatchEvent(new Event("pageshow")));
    assert.equal(await part.innerText(), words, `${service} at ${moment}`);
  }
  await close();
}

test("before opening, open, at the closing minute, and over the weekend", () =>
  said(england, "office", {
    "2027-01-11T08:59:59Z": "Closed now, opens at 9am",
    "2027-01-11T09:00:00Z": "Open now, until 5pm",
    "2027-01-11T16:59:59Z": "Open now, until 5pm",
    "2027-01-11T17:00:00Z": "Closed now, opens tomorrow at 9am",
    "2027-01-14T18:00:00Z": "Closed now, opens tomorrow at 9.30am",
    "2027-01-15T11:00:00Z": "Open now, until 12pm (phone only)",
    "2027-01-15T12:00:00Z": "Closed now, opens Monday at 9am",
    "2027-07-12T08:00:00Z": "Open now, until 5pm",
  }));

test("two times that follow each other are one, and a night goes on after midnight", async () => {
  await said(england, "silent", { "2027-01-11T10:00:00Z": "Open now, until 5pm" });
  await said(england, "night", {
    "2027-01-11T21:59:00Z": "Closed now, opens at 10pm",
    "2027-01-11T23:30:00Z": "Open now, until 6am",
    "2027-01-12T05:59:00Z": "Open now, until 6am",
    "2027-01-12T06:00:00Z": "Closed now, opens at 10pm",
    // It is closed on 24 December, so that night does not begin, and the one before ends.
    "2026-12-23T23:00:00Z": "Open now",
    "2026-12-24T01:00:00Z": "Closed now, opens tomorrow at 10pm",
    "2026-12-24T23:00:00Z": "Closed now, opens tomorrow at 10pm",
    "2026-12-25T01:00:00Z": "Closed now, opens at 10pm",
    "2026-12-25T23:00:00Z": "Open now, until 6am",
  });
  await said(england, "always", { "2026-12-25T03:00:00Z": "Open now", "2031-12-25T03:00:00Z": "Open now" });
});

test("the nation says which bank holidays there are", async () => {
  const scotland = await built("Scotland");
  // 2 January 2027 is a Saturday, so Monday 4 January stands for it.
  const day = "2027-01-04T10:00:00Z";
  await said(england, "office", { [day]: "Open now, until 5pm" });
  await said(scotland, "office", { [day]: "Closed now, opens tomorrow at 9am" });
  await said(scotland, "shop", { "2027-01-02T11:00:00Z": "Today is a holiday, so it may be closed. Call before you go." });
  await said(england, "shop", { "2027-01-02T11:00:00Z": "Open now, until 4pm" });
});

test("at Christmas nothing is open that may be closed", async () => {
  await said(england, "office", {
    "2026-12-24T18:00:00Z": "Closed now, opens Tuesday at 9am",
    "2026-12-25T10:00:00Z": "Closed now, opens Tuesday at 9am",
    "2026-12-28T10:00:00Z": "Closed now, opens tomorrow at 9am",
  });
  await said(england, "shop", { "2026-12-26T11:00:00Z": "Today is a holiday, so it may be closed. Call before you go." });
  await said(england, "silent", {
    "2026-12-24T18:00:00Z": "Closed now",
    "2026-12-25T08:00:00Z": "Closed now",
    "2026-12-25T10:00:00Z": "Today is a holiday, so it may be closed. Call before you go.",
    "2026-12-29T10:00:00Z": "Open now, until 5pm",
  });
});

test("a device in another time zone says the same", async () => {
  for (const timezoneId of ["America/New_York", "Asia/Tokyo", "Pacific/Kiritimati"]) {
    await said(england, "office", {
      "2027-01-11T09:00:00Z": "Open now, until 5pm",
      "2027-07-12T15:59:00Z": "Open now, until 5pm",
      "2027-07-12T16:00:00Z": "Closed now, opens tomorrow at 9am",
      "2026-12-25T10:00:00Z": "Closed now, opens Tuesday at 9am",
    }, { timezoneId });
  }
});

test("in a year whose bank holidays nobody knows, it is never open, unless the site knows them", async () => {
  const moments = {
    "2028-12-28T10:00:00Z": "Open now, until 5pm",
    "2028-12-29T18:00:00Z": "Closed now",
    "2030-01-07T10:00:00Z": "We do not know the bank holidays of 2030. Call before you go.",
    "2030-01-07T18:00:00Z": "Closed now",
    "2025-06-02T10:00:00Z": "We do not know the bank holidays of 2025. Call before you go.",
  };
  await said(england, "office", moments);
  const year = ["1 January", "19 April", "22 April", "6 May", "27 May", "26 August", "25 December", "26 December"];
  const days = year.map((day) => `${day} 2030: A day off\n`).join("");
  const own = await built("England", { days: `${days}8 July 2027: A day of thanks\nScotland:\n  9 July 2027: Theirs\n` });
  await said(own, "office", {
    "2030-01-07T10:00:00Z": "Open now, until 5pm",
    "2030-12-25T10:00:00Z": "Closed now, opens Friday at 9.30am",
    "2027-07-08T10:00:00Z": "Closed now, opens tomorrow at 9.30am",
    "2027-07-09T10:00:00Z": "Open now, until 12pm (phone only)",
  });
});

test("it is said in the language of the page, and without scripts the hours stay", async () => {
  const wales = await built("Wales", { language: "cy" });
  await said(wales, "office", {
    "2027-01-11T09:00:00Z": "Ar agor nawr, tan 5yh",
    "2027-01-15T12:00:00Z": "Ar gau nawr, yn agor ddydd Llun am 9yb",
  });
  const { tab, context } = await open("directory/office/", { at: england, javaScriptEnabled: false });
  assert.equal(await tab.locator(".open-now").isVisible(), false);
  assert.match(await tab.locator(".contact").innerText(), /9am to 5pm Monday to Thursday[^]*Closed on bank holidays/);
  await context.close();
});

test("a service that is closed for now says nothing else, and nothing is wrong with the page", async () => {
  const paused = await open("directory/paused/", { at: england });
  assert.equal(await paused.tab.locator(".open-now").count(), 0);
  await paused.close();
  const { tab, close } = await open("directory/office/", { at: england, bypassCSP: true });
  assert.deepEqual(await faultsOf(tab), []);
  await close();
});
