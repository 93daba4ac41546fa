// The search page, for those who have scripts. Nothing typed here leaves the device: it is
// in the address after `#`, which no browser sends.
const form = document.getElementById("search");
const status = document.getElementById("status");
const list = document.getElementById("results");
const more = document.getElementById("more");
const typed = document.getElementById("typed");
const narrow = form.querySelector(".narrow");
const summary = narrow?.firstElementChild.textContent;
const box = form.elements.q;
const ticks = [...form.querySelectorAll("[type=checkbox]")];
// Without scripts the form sends nothing, because nothing in it has a name.
for (const tick of ticks) tick.name = tick.name || tick.dataset.name;
const names = ["q", "n", "as", ...ticks.map((tick) => tick.name)];
const isAsked = (text) => new RegExp(`^.(.*&)?(${names.join("|")})=`).test(text);
// An old address has after “?” what is after “#” now.
if (isAsked(location.search)) {
  const old = isAsked(location.hash) ? location.hash : location.search;
  try {
    history.replaceState(null, "", `${location.pathname}#${old.slice(1)}`);
  } catch {}
}
const hash = () => (isAsked(location.hash) ? location.hash : "");
const say = form.dataset;
const title = document.title;
const folder = new URL(say.index.replace(/\/?$/, "/"), location.href);
const pairs = (text) => new Map((text ?? "").split("|").map((pair) => pair.split("=")));
const kinds = pairs(say.kinds);
const stages = pairs(say.stages);
// The first few are there sooner, because fewer parts of the index are needed.
const FIRST = 3, MORE = 10, MOST = 200;
let opening;
let turn = 0;
let last;

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);

function node(name, text, ...children) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  made.append(...children);
  return made;
}

// The engine marks the words that were found with \u0001 and \u0002.
function marked(text) {
  const made = node("p");
  // A number is read, and copied, in one piece.
  text = text.replace(/(\d) (?=\d)/g, "$1\u00a0");
  text.split("\u0001").forEach((piece, number) => {
    const [hit, rest] = number ? piece.split("\u0002") : ["", piece];
    if (hit) made.append(node("mark", hit));
    made.append(rest ?? "");
  });
  return made;
}

function languageName(tag) {
  try {
    return new Intl.DisplayNames([tag], { type: "language" }).of(tag);
  } catch {
    return tag;
  }
}

function row(result) {
  const link = node("a", result.title);
  link.href = result.section?.id ? `${result.url}#${result.section.id}` : result.url;
  // A site that is opened from a folder needs the name of the file.
  if (location.protocol === "file:") link.href = link.href.replace(/\/(?=#|$)/, "/index.html");
  const item = node("li", "", node("h2", "", link));
  const page = document.documentElement.lang;
  const isForeign = result.language && page && result.language.split("-")[0] !== page.split("-")[0];
  const labels = [kinds.get(result.kind), stages.get(result.stage), isForeign && languageName(result.language)];
  const shown = labels.filter(Boolean).join(", ");
  // One line says where it belongs.
  const heading = result.section && node("span", result.section.heading);
  if (shown || heading) {
    item.append(Object.assign(node("p", shown, shown && heading ? ": " : "", heading ?? ""), { className: "meta" }));
  }
  const excerpt = result.excerpt && marked(result.excerpt);
  if (excerpt) item.append(excerpt);
  const texts = [link, heading, excerpt].filter(Boolean);
  // The labels are in the language of this page.
  if (isForeign) for (const text of texts) text.lang = result.language;
  return item;
}

// What the reader asks, from the address.
function asked() {
  last = hash();
  const given = new URLSearchParams(last.slice(1));
  const filters = {};
  for (const tick of ticks) {
    tick.checked = given.getAll(tick.name).includes(tick.value);
    if (tick.checked) (filters[tick.name] = filters[tick.name] || []).push(tick.value);
  }
  if (narrow) {
    const chosen = [...form.querySelectorAll(":checked")].map((tick) => tick.parentElement.textContent.trim());
    narrow.firstElementChild.textContent = [summary, chosen.join(", ")].filter(Boolean).join(": ");
  }
  const limit = Math.min(Math.max(Math.trunc(given.get("n")) || MORE, MORE), MOST);
  const words = (given.get("q") ?? "").trim().slice(0, 200);
  return { words, filters, limit, asTyped: given.has("as") };
}

// The engine: a page that is opened from a folder has it already; it cannot import.
const open = () => {
  opening = opening ?? (async () => (self.plainsiteSearch ?? (await import(new URL("search.js", folder)))).open(folder.href))();
  return opening;
};

// The words instead of which others were looked for.
function offer(corrected) {
  if (!typed) return;
  // Who pressed the link goes on where the answer is told.
  if (!corrected && typed.contains(document.activeElement)) status.focus();
  typed.hidden = !corrected;
  const next = new URLSearchParams(last.slice(1));
  next.set("as", "typed");
  typed.firstElementChild.textContent = fill(say.typed ?? "{typed}", { typed: box.value });
  typed.firstElementChild.href = `#${next}`;
}

// An empty list is nothing to come upon.
function fillWith(results) {
  list.textContent = "";
  list.append(...results.map(row));
  list.hidden = !results.length;
}

async function show(isMore) {
  const { words, filters, limit, asTyped } = asked();
  const mine = ++turn;
  box.value = words;
  if (!isMore) fillWith([]);
  list.ariaBusy = "true";
  if (!isMore) more.hidden = true;
  offer(false);
  status.textContent = "";
  document.title = words ? `${words} – ${title}` : title;
  if (!words) {
    list.ariaBusy = "false";
    return;
  }
  const wait = setTimeout(() => (status.textContent = say.wait), 400);
  try {
    const site = await open();
    const language = say.language;
    const first = await site.search(words, { limit: FIRST, language, filters, asTyped });
    if (mine !== turn) return;
    const shown = Math.min(first.total, limit);
    const text = !shown ? say.none : first.total > shown ? say.some : shown > 1 ? say.many : say.one;
    const values = { n: first.total, shown, typed: words, words: (shown && first.corrected) || words };
    clearTimeout(wait);
    status.textContent = (first.corrected && shown ? fill(say.corrected, values) + " " : "") + fill(text, values);
    offer(first.corrected && shown && !/["“”]/.test(words));
    if (!isMore) fillWith(first.results);
    // On a small screen, who comes from another page sees the answers and not the box again.
    if (mine === 1 && list.getBoundingClientRect().top > innerHeight / 2) status.scrollIntoView();
    if (shown <= first.results.length) return;
    const all = await site.search(words, { limit, language, filters, asTyped });
    if (mine !== turn) return;
    list.append(...all.results.slice(list.children.length).map(row));
    const next = new URLSearchParams(last.slice(1));
    next.set("n", limit + MORE);
    more.href = `#${next}`;
    more.hidden = all.total <= limit || limit >= MOST;
  } catch {
    opening = undefined;
    if (mine === turn) status.textContent = say.broken;
  } finally {
    clearTimeout(wait);
    if (mine === turn) list.ariaBusy = "false";
  }
}

// Goes to an address of this page without loading it again.
function go(query, isMore) {
  const next = query && `#${query}`;
  if (next !== location.hash) {
    // Back leads to what was asked before, and never to a heading.
    if (!hash()) history.replaceState(null, "", location.pathname);
    history.pushState(null, "", location.pathname + next);
  }
  return show(isMore);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const given = new URLSearchParams();
  for (const { name, value } of [{ name: "q", value: box.value.trim() }, ...ticks.filter((tick) => tick.checked)]) {
    if (value) given.append(name, value);
  }
  go(`${given}`);
});
// While somebody types, what the words need is on its way from the first letters that tell where
// it is; who thinks for a moment finds the first results there.
let pause;
async function prepare(isTyping) {
  try {
    const site = await open(), language = say.language;
    await site.prepare?.(box.value, { language, isTyping });
    if (!isTyping && !ticks.some((tick) => tick.checked)) await site.search(box.value, { limit: FIRST, language });
  } catch {
    opening = undefined;
  }
}
box.addEventListener("focus", () => open().catch(() => (opening = undefined)));
box.addEventListener("input", () => {
  clearTimeout(pause);
  prepare(true);
  pause = setTimeout(prepare, 350);
});
more.addEventListener("click", (event) => {
  event.preventDefault();
  go(more.hash.slice(1), true);
});
addEventListener("hashchange", () => {
  // A link to a heading asks for nothing: what was asked stays.
  if (!location.hash || hash()) show();
  else if (last) history.replaceState(null, "", location.pathname + last);
});
show();
