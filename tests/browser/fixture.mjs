// Pages with every tool in every state that a script knows: the markup of the theme, made
// of its own templates, words, style and scripts, with content that is made up.
//
//     node fixture.mjs FOLDER        writes them, to be looked at

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const theme = resolve(process.env.THEME ?? join(here, "../../themes/plain"));
const read = (...names) => readFileSync(join(...names), "utf8");
const words = {};
for (const [, name, value] of read(theme, "words/en.yaml").matchAll(/^"?([a-z_]+)"?: "(.*)"$/gm)) words[name] = value;
let out;

const page = {
  contact: { hours: "8am to 6pm Monday to Friday", phone: { number: "0306 999 0100", link: "tel:+443069990100" } },
};
/** What the program says of the bank holidays of England, in part. */
const calendar = {
  years: ["2026", "2027", "2028"],
  holidays: ["2026-12-25", "2026-12-28", "2027-01-01", "2027-03-26"],
  doubtful: ["2026-12-26"],
  days: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
  months: ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
  halves: ["am", "pm"],
  midnight: "midnight",
};
/** As much of the template language as our fragments use. */
function template(name) {
  return read(theme, "templates", `${name}.html`)
    .replace(/\{% include "([\w-]+)\.html" %\}/g, (_, other) => template(other))
    .replaceAll("{{ page.calendar }}", JSON.stringify(calendar).replaceAll('"', "&quot;"))
    .replace(/\{% for phone[\s\S]*?loop.first %\}([\s\S]*?)\{% endif %\}\{% endfor %\}/g, "$1")
    .replace(/\{% if page.contact.hours %\}(.*?)\{% endif %\}/g, "$1")
    .replace(/\{% if not page.(directory.near|is_long) %\}.*?\{% endif %\}/g, "")
    .replace(/\{%.*?%\}/g, "")
    .replace(/\{\{ words\.(\w+) \| replace\(from="\{words\}".*?\}\}/g, (_, key) => words[key].replace("{words}", "EX"))
    .replace(/\{\{ words\.(\w+) \}\}/g, (_, key) => {
      if (!(key in words)) throw new Error(`no word ${key} in ${name}`);
      return words[key].replaceAll("&", "&amp;").replaceAll('"', "&quot;");
    })
    .replaceAll("{{ phone.link }}", page.contact.phone.link)
    .replaceAll("{{ phone.number }}", page.contact.phone.number)
    .replaceAll("{{ page.contact.hours }}", page.contact.hours);
}
function write(path, text) {
  mkdirSync(dirname(join(out, path)), { recursive: true });
  writeFileSync(join(out, path), text);
}
const light = ":root{color-scheme:light dark;--accent:#0f5c4d;--ink:#1c2420;--line:#7a857f;--link:#0b4a57;--paper:#fdfcf9;--quiet:#46524c;--visited:#4d2f66;--warn:#7a2e0e;--wash:#f1f3ee;}";
const dark = "@media (prefers-color-scheme:dark){:root{--accent:#8fd9c2;--ink:#f3f1ea;--line:#7f8b85;--link:#9fdbe6;--paper:#141a18;--quiet:#c3cbc5;--visited:#d9c3ee;--warn:#ffc4a3;--wash:#1e2623;}}";

function sending(path, title, staff) {
  const text = `${title}\nhttps://directpayments.county.example/${path}\nChecked 19 November 2026`;
  const note = `Page: ${title}\nAdvised on: ____________\nAsk again on: ____________`;
  return `<details class="send" data-unsearched><summary>${words.send_summary}</summary>
<pre id="send-text">${text}</pre>
<template><p><button type="button" class="second" data-copy="send-text">${words.send_copy}</button></p></template>
<p><a class="solo" href="mailto:?subject=A%20page">${words.send_mail}</a></p>
${staff ? `<template><div class="question"><label for="follow-day">${words.send_follow_up_day}</label><input class="short" type="date" id="follow-day" data-locale="en-GB" autocomplete="off"></div></template>
<pre id="follow-text">${note}</pre>
<template><p><button type="button" class="second" data-copy="follow-text">${words.send_follow_up_copy}</button></p></template>` : ""}
</details>
<p class="send-status" id="send-status" role="status" data-unsearched data-copied="${words.send_copied}" data-by-hand="${words.send_by_hand}" data-link="${words.send_link}" data-address="${words.send_address}"></p>`;
}
const toHere = (id, text) => `<a class="to-here" data-unsearched href="#${id}">${words.send_link_to.replace("{heading}", text)}</a>`;
function put(path, title, names, body, { staff = false, summary = "One sentence about this page.", head = "" } = {}) {
  const up = "../".repeat(path.split("/").length - 1) || "./";
  const list = ["share", ...names].map((name) => `<script src="${up}${name}.js" defer></script>`).join("\n");
  write(`${path}index.html`, `<!doctype html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<link rel="canonical" href="https://directpayments.county.example/${path}">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; connect-src '${names.includes("booklet-page") ? "self" : "none"}'; form-action 'self'; base-uri 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} – Direct payments guide</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${up}style.css">
${list}
</head>
<body>
<a class="skip" href="#main">Skip to the main text</a>
<header class="top"><div class="wrap"><p class="site"><a href="${up}">Direct payments guide</a></p></div></header>
<nav class="crumbs wrap" aria-label="You are here"><ol><li><a href="${up}">Direct payments guide</a></li></ol></nav>
<main id="main" class="wrap">
<div class="head" data-unsearched>
<h1>${title}</h1>
<p class="summary">${summary}</p>
</div>
<div class="body">
${body}
</div>
<div class="side" data-unsearched><section class="help" id="to-ask"><h2>Who to contact</h2><div class="contact"><p class="contact-name">Adult Care</p></div></section>
${sending(path, title, staff)}</div>
</main>
<footer class="foot"><div class="wrap"><p class="publisher">Example County Council</p></div></footer>
</body>
</html>
`);
}

/** Writes all of it. */
export function make(folder) {
  out = folder;
  write("style.css", `@layer tokens{${light}${dark}}\n${read(theme, "style.css")}`);
  for (const name of ["share", "directory-page", "buy-page", "look-up-page", "flow-page", "booklet-page", "open-now"]) {
    write(`${name}.js`, read(theme, `${name}.js`));
  }

  // The directory: the index, a list of one category, and 2,000 made-up entries.
  const categories = [["direct-payment-support", "Help with a direct payment"], ["payroll", "Payroll"], ["money-advice", "Benefits, debt and bills"], ["insurance", "Insurance"], ["carers", "Help for carers"]];
  const areas = ["Whole county", "Exampleton", "Westford", "Dale"];
  const ways = ["phone", "text", "email", "in person", "home visit"];
  const languages = ["English", "BSL", "Polish", "Welsh"];
  const fixed = [
    { u: "rowan-house/", n: "Rowan House Advice", o: "Free advice about benefits, debt and bills.", c: [2], a: [0], w: [0, 2, 3], l: [0, 1], f: 1, p: ["0306 999 0200"], x: "breathing space money worries", h: [[31, 540, 1020]], b: 1, m: ["Call before you come."], g: [[50.9, -3.5]] },
    { u: "sians-payroll/", n: "Siân’s Payroll Co-op", o: "Wages and payslips for people who employ a PA.", c: [1], a: [1], w: [0, 2], l: [0, 3], p: ["0306 999 0300", "tel:+443069990300"], x: "paye tax", h: [[3, 540, 1020], [16, 600, 720, "phone only"]], d: [["2027-01-18", "2027-01-20"]], g: [[51.2, -3.5], [50.71, -3.52]] },
    { u: "night-line/", n: "Night Line", o: "Someone to talk to at night.", c: [4], a: [0], w: [0, 1], l: [0], f: 1, h: [[127, 1320, 1800]] },
    { u: "dale-breaks/", n: "Dale Breaks", o: "A break for carers <b>&</b> the people they look after.", c: [4], a: [3], w: [3, 4], l: [0], s: 1, g: [[50.76, -3.53]] },
    { u: "westford-cover/", n: "Westford Cover", o: "Insurance for employers.", c: [3], a: [2], w: [2], l: [0, 2], x: "employers liability" },
  ];
  const near = [["EX1", [50.72, -3.53]], ["EX10", [50.7, -3.24]], ["EX10 8", [50.69, -3.24]]];
  const entries = (list, more) => `entries(${JSON.stringify({ categories, areas, said: areas, ways, languages, list, ...more })})\n`;
  // An address that is only the name is left out, as a number is that is only dialled.
  const told = fixed.map(({ u, ...one }) => (u === "night-line/" ? one : { u, ...one }));
  write("directory/entries.js", entries(told, { near }));
  const some = (number, all) => all.map((_, at) => at).filter((at) => (number >> at) % 3 === 0);
  const texts = ["Advice about benefits, debt and bills, and someone to go with you.", "Wages, payslips, tax and pensions for people who employ a personal assistant.", "A break for carers, by the day or for a week, with trained staff and transport.", "Équipement à la maison: rails, ramps and alarms, with help to choose and to pay."];
  const many = Array.from({ length: 2000 }, (_, at) => ({ u: `service-${at}/`, n: `Service ${at} of ${["Rowan", "Hazel", "Alder", "Maple"][at % 4]} ${["House", "Court", "Trust"][at % 3]}`, o: `${texts[at % 4]} It is for people in the ${["north", "south", "east", "west"][at % 4]} of the county who want to choose for themselves.`, c: [at % 5], a: some(at + 1, areas), w: some(at + 2, ways), l: [0, at % 4], ...(at % 2 ? { f: 1 } : {}), p: [`0306 999 ${String(at).padStart(4, "0")}`, `tel:+44306999${String(at).padStart(4, "0")}`], x: "direct payments personal assistants wages benefits", h: [[31, 540, 1020], [32, 600, 780]] }));
  write("many/entries.js", entries(many));
  const entry = (one) => `<li><a href="${one.u}">${one.n}</a><p>${one.o.replaceAll("&", "&amp;").replaceAll("<", "&lt;")}</p>${one.p ? `<p>Phone: <a class="phone" href="${one.p[1]}">${one.p[0]}</a></p>` : ""}</li>`;
  const index = `<p>Choose a kind of help, or a place.</p><div id="filter" data-entries="entries.js"></div>${template("filter-form")}<div id="list"><h2>By kind of help</h2><ul class="links">${categories.map(([id, name]) => `<li><a href="category/${id}/">${name}</a> <span class="count">(1)</span></li>`).join("")}</ul></div>`;
  put("directory/", "Find a service", ["look-up-page", "open-now", "directory-page"], index);
  put("many/", "Find a service", ["look-up-page", "open-now", "directory-page"], index);
  // Every place is a part of the county, and a number in what is offered is a link.
  const offer = ["Ring ", ["0306 999 0700", "tel:+443069990700"], " first."];
  write("wider/entries.js", entries([...fixed, { ...fixed[1], u: "x/", n: "Zed", o: offer, a: [1, 0] }], { within: [null, 0, 0, 0], said: ["the county", "Exampleton", "Westford", "Dale"] }));
  put("wider/", "Find a service", ["look-up-page", "open-now", "directory-page"], index);
  put("broken/", "Find a service", ["look-up-page", "open-now", "directory-page"], index);
  put("directory/category/payroll/", "Payroll", ["look-up-page", "open-now", "directory-page"], `<div id="filter" data-entries="../../entries.js" data-category="payroll"></div>${template("filter-form")}<div id="list"><p>1 service</p><ul class="links">${entry({ ...fixed[1], u: "../../sians-payroll/" })}</ul></div>`);
  put("directory/area/exampleton/", "Exampleton", ["look-up-page", "open-now", "directory-page"], `<div id="filter" data-entries="../../entries.js" data-area="Exampleton"></div>${template("filter-form")}<div id="list"><p>1 service</p><ul class="links">${entry({ ...fixed[1], u: "../../sians-payroll/" })}</ul></div>`);
  for (const one of fixed) put(`directory/${one.u}`, one.n, [], `<p>${one.o.replaceAll("&", "&amp;").replaceAll("<", "&lt;")}</p>`);

  // Can I buy.
  const answers = { yes: "Yes", no: "No", ask: "Ask first" };
  const item = (href, name, answer, why, more) => `<li data-words="${more}"><a href="${href}">${name}</a> <span class="answer answer-${answer}"><span aria-hidden="true">?</span> ${answers[answer]}</span><p>${why}</p></li>`;
  put("can-i-buy/", "Can I buy…?", ["buy-page"], `<p>You can buy things that meet the needs in your support plan.</p>
  ${template("buy-form")}<p id="buy-groups">${words.find_it_under}:</p>
  <details class="more" id="items-1"><summary><h2>Travel</h2> <span class="count">(2)</span></summary><ul class="asks">${item("travel/#taxi", "A taxi", "ask", "It may help you to get to a group.", "cab lift minibus")}${item("travel/#fuel", "Fuel for a car", "no", "You have benefits for that.", "petrol diesel")}</ul><p><a class="solo" href="travel/">More about: Travel</a></p></details>
  <details class="more" id="items-2"><summary><h2>Staff</h2> <span class="count">(1)</span></summary><ul class="asks">${item("staff/#wages", "A PA’s wages", "yes", "A PA gives the support in your plan.", "pay salary")}</ul></details>
  <details class="more" id="items-3"><summary><h2>Clubs</h2> <span class="count">(2)</span></summary><ul class="asks">${item("clubs/#cafe", "A café club", "yes", "Company meets a need.", "coffee")}${item("clubs/#gym", "A gym", "ask", "We look at your plan.", "fitness")}</ul></details>`);

  // A flow of choices: every question is a page without scripts, and all are one with them.
  const says = { change: words.flow_change, step: words.flow_step };
  const choices = {
    adult: { ask: "Are you 18 or over?", left: 3, answers: [{ text: "Yes", to: "needs" }, { text: "No", to: "young" }] },
    needs: { ask: "Have we agreed your needs?", help: "We write them down.", left: 2, answers: [{ text: "Yes", to: "able" }, { text: "No", to: "not-yet" }] },
    able: { ask: "Can you look after money?", left: 1, answers: [{ text: "Yes, by myself", to: "can" }, { text: "Yes, with help", to: "can" }] },
  };
  const ends = { can: "You can ask for a direct payment", young: "You can ask from 18", "not-yet": "Ask us to agree your needs" };
  const card = (name) => `<div class="contact"><p class="contact-name">${name}</p></div>`;
  const flowFoot = (again) => `<section id="flow-answers" hidden><h2>${words.flow_your_answers}</h2><dl></dl></section><ul class="links short"><li${again ? "" : ' id="flow-again" hidden'}><a href="${again}" data-trail="">${words.flow_again}</a></li></ul><p class="meta" id="flow-private" data-private="${words.flow_private}">${words.flow_not_private}</p>`;
  const node = (path, id, trail, more = "") => {
    const one = choices[id], to = path.endsWith(`${id}/`) ? "../" : "";
    const links = one && one.answers.map((answer, at) => `<li><a href="${to}${answer.to}/index.html" data-trail="${trail}${id}=${at}">${answer.text}</a></li>`).join("");
    const back = to ? "" : `<p id="flow-back" hidden><a href="./">${words.flow_to_before}</a></p>`;
    const asked = one ? `${back}<div class="flow" id="flow-here"><p class="meta"></p><h2>${one.ask}</h2><ul class="choices">${links}</ul></div>` : `<h2>${ends[id]}</h2><p>Tell us that you want one.</p>`;
    put(path, "Can I have a direct payment?", ["look-up-page", "flow-page"], `${asked}${flowFoot(to)}${more}`);
  };
  const endings = Object.entries(ends).map(([id, title]) => `<section id="outcome-${id}" class="outcome"><h2>${title}</h2><p>Tell us that you want one.</p>${card(id === "young" ? "Children’s team" : "Adult Care")}</section>`).join("");
  node("decide/can-i/", "adult", "", `<template id="flow-ends">${endings}</template><script type="application/json" id="flow-data">${JSON.stringify({ start: "adult", questions: choices, outcomes: Object.keys(ends), say: says })}</script>`);
  for (const [id, trail] of [["needs", "adult=0&"], ["able", "from=able&"], ["can", ""], ["young", "adult=1&"], ["not-yet", ""]]) node(`decide/can-i/${id}/`, id, trail);

  // A flow that runs on the device, with every type of question.
  const device = {
    start: "born", device: true, outcomes: ["can", "young", "children", "elsewhere", "few"], say: says,
    questions: {
      born: { ask: "When were you born?", help: "For example: 31 1 1980", type: "date", answers: [{ olderThan: { months: 216 }, to: "help" }, { olderThan: { months: 198 }, to: "young" }, { to: "children" }] },
      help: { ask: "What do you need help with?", type: "several", answers: [{ text: "Getting washed", to: "hours" }, { text: "Meals", to: "hours" }, { none: true, text: "None of these", to: "few" }] },
      hours: { ask: "How many hours of help do you need in a week?", type: "number", answers: [{ atLeast: 3, to: "lives" }, { to: "few" }] },
      lives: { ask: "What is your postcode?", type: "postcode", answers: [{ starts: ["EX|1 ", "EX|2 4"], to: "sure" }, { to: "elsewhere" }] },
      sure: { ask: "Did a doctor see you after 1 April?", type: "choice", help: "", answers: [{ text: "Yes", to: "seen" }, { text: "No <b>", to: "can" }] },
      seen: { ask: "When did the doctor see you?", type: "date", answers: [{ before: "2026-04-01", to: "few" }, { to: "can" }] },
    },
  };
  const outcome = (id, title) => `<section id="outcome-${id}"><h2 id="title-${id}">${title}</h2>${toHere(`title-${id}`, title)}<p><span id="about-${id}">"More"</span> about it. <a href="#to-ask">Who to contact</a></p>${id === "can" ? card("Adult Care") : ""}</section>`;
  put("decide/device/", "Check what you can have", ["look-up-page", "flow-page"], `<p>A few questions.</p><div id="flow-tool"></div><div id="flow-paper"><h2>Questions</h2><ol>${Object.values(device.questions).map(({ ask }) => `<li>${ask}</li>`).join("")}</ol><h2>Answers</h2>${outcome("can", "You can ask for a direct payment")}${outcome("young", "You can ask from 18")}${outcome("children", "Ask the children’s team")}${outcome("elsewhere", "Ask your own council")}${outcome("few", "There may be other help")}</div>${template("flow-form")}<script type="application/json" id="flow-data">${JSON.stringify(device).replaceAll("<", "\\u003c")}</script>`);

  // Checklists that count, and one that does not.
  put("checklist/", "Is someone frail?", ["flow-page"], `<h2 id="signs">Signs</h2>${toHere("signs", "Signs")}<p>Tick what fits.</p><div class="tally" data-at-least="3" data-say="${words.tally_say}"><ul class="tasks">${["They fall", "They lose <a href=\"../\">weight</a>", "They are slow", "They are tired"].map((one) => `<li><span class="tick" aria-hidden="true">☐</span> ${one}</li>`).join("")}</ul><p class="rule"><strong>With 3 or more:</strong> Ask for a check.</p>
  <p class="rule"><strong>With fewer:</strong> Look again in a year.</p>
  <template><p role="status"></p></template></div><h3 id="other">Other</h3>${toHere("other", "Other")}<ul class="tasks"><li><span class="tick" aria-hidden="true">☐</span> Plain</li></ul>`, { staff: true });

  // A look-up.
  const team = (id, name, text) => `<section id="team-${id}"><h3>${name}</h3><div class="contact"><p>${text}</p></div></section>`;
  const lookUp = { ask: "Which district council do you pay council tax to?", councils: ["Boston", "East Lindsey"], none: "None of these", teams: { "EX|1 ": "exe", "EX|10 ": "sid", "NG|23 5": "grantham", "NG|23 7": "lincoln", "NG|24 ": "lincoln" } };
  const lookUpPage = (path, data) => put(path, "Find your team", ["look-up-page"], `<p>Each team covers a place.</p><div id="look-up-tool"></div>${template("look-up-form")}<div id="look-up-paper">${data.ask ? `<div id="look-up-first"><h2>${data.ask}</h2>${team("elsewhere", "You live elsewhere", "Ask your own council.")}</div>` : ""}<h2>Postcodes</h2><table><tr id="ng23-5"><td>NG23 5</td><td>Grantham</td></tr></table></div>${team("grantham", "Grantham team", "0306 999 0400")}${team("lincoln", "Lincoln team", "0306 999 0500")}${team("exe", "Exe team", "x")}${team("sid", "Sid team", "x")}${team("none", "We do not know this postcode", "Call us.")}<script type="application/json" id="look-up-data">${JSON.stringify(data)}</script>`);
  lookUpPage("look-up/", lookUp);
  lookUpPage("look-up-plain/", { ask: "", councils: [], none: "None of these", teams: lookUp.teams });

  // Pages for a booklet.
  put("decide/one/", "What is “it”?", [], `<nav class="contents"><a href="#keep">x</a></nav><h2 id="keep">What to keep</h2>${toHere("keep", "What to keep")}<p><a id="a" href="#keep">Up</a> <a href="../two/#part">Two</a> <a href="../three/?x=1&amp;y=2#z">Three</a> <a href="https://www.gov.example/">Out</a> <img src="../../pic.svg" alt="A pic"></p><h3 id="h3">Three</h3><h4>Four</h4><h5>Five</h5><h6>Six</h6><table aria-labelledby="keep h3"><tr><th id="c1">C</th></tr><tr><td headers="c1">D</td></tr></table><div data-unsearched>NOT THIS</div><form><input></form><script src="../../flow-page.js"></script><template><p>NOR THIS</p></template>`, { summary: "The <em>first</em> page." });
  put("decide/two/", "Two", [], `<h2 id="part">A part</h2><p id="a"><a href="../one/">One</a> <a href="../one/index.html#keep">Keep</a></p>`);
  put("decide/three/", "Three", [], `<h2 id="part">A part</h2>`);
  write("pic.svg", `<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><rect width="10" height="10"/></svg>`);
  const links = [["one", "What is “it”?"], ["two", "Two"], ["three", "Three"], ["gone", "A page that is gone"]].map(([id, name]) => `<li><a href="../decide/${id}/">${name}</a></li>`).join("");
  put("booklet/", "Make a booklet", ["booklet-page"], `<div id="booklet-tool"></div>${template("booklet-form")}<div id="booklet-paper"><h2>Ready-made booklets</h2><ul><li><a href="starting/">Starting</a></li></ul><details class="more"><summary><h2>Decide</h2></summary><ul>${links}</ul></details><details class="more"><summary><h2>Services</h2></summary><ul>${fixed.map((one) => `<li><a href="../directory/${one.u}">${one.n}</a></li>`).join("")}</ul></details></div>`);
  write("index.html", "<!doctype html><html lang=en><title>Home</title><link rel=icon href=data:,><h1>Home</h1></html>");
  write("404.html", "<!doctype html><html lang=en><title>Not here</title><h1>Not here</h1></html>");
}

if (process.argv[2] && process.argv[1] === fileURLToPath(import.meta.url)) make(resolve(process.argv[2]));
