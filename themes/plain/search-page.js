// The search page, for those who have scripts. Nothing typed here leaves the device.
const form = document.getElementById("search");
const status = document.getElementById("status");
const list = document.getElementById("results");
const more = document.getElementById("more");
const narrow = document.getElementById("narrow");
const box = form.elements.q;
const say = form.dataset;
const title = document.title;
const folder = new URL(say.index.replace(/\/?$/, "/"), location.href);
const pairs = (text) => new Map((text ?? "").split("|").map((pair) => pair.split("=")));
const kinds = pairs(say.kinds);
const stages = pairs(say.stages);
// The first few are there sooner, because fewer parts of the index are needed.
const FIRST = 3, MORE = 10;
let opening;
let turn = 0;
let limit = MORE;

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
  const item = node("li", "", link);
  const page = document.documentElement.lang;
  const isForeign = result.language && page && result.language.split("-")[0] !== page.split("-")[0];
  if (isForeign) item.lang = result.language;
  const labels = [kinds.get(result.kind), stages.get(result.stage), isForeign && languageName(result.language)];
  const shown = labels.filter(Boolean).join(", ");
  if (shown) item.append(" ", Object.assign(node("span", shown), { className: "kind" }));
  if (result.section) item.append(Object.assign(node("p", result.section.heading), { className: "meta" }));
  if (result.excerpt) item.append(marked(result.excerpt));
  return item;
}

// What the reader asks, from the address.
function asked() {
  const given = new URLSearchParams(location.search);
  const [label, value] = (given.get("in") ?? "").split(":");
  return {
    words: (given.get("q") ?? "").trim().slice(0, 200),
    filters: ["kind", "stage"].includes(label) && value ? { [label]: [value] } : {},
    where: given.get("in") ?? "",
  };
}

async function show() {
  const { words, filters, where } = asked();
  const mine = ++turn;
  box.value = words;
  if (narrow) {
    narrow.value = where;
    if (narrow.selectedIndex < 0) narrow.value = "";
  }
  list.replaceChildren();
  list.ariaBusy = "true";
  more.hidden = true;
  status.textContent = "";
  document.title = words ? `${words} – ${title}` : title;
  if (!words) {
    list.ariaBusy = "false";
    return;
  }
  const wait = setTimeout(() => (status.textContent = say.wait), 400);
  try {
    // A page that is opened from a folder has the engine already; it cannot import.
    opening ??= (async () => (self.plainsiteSearch ?? (await import(new URL("search.js", folder)))).open(folder.href))();
    const site = await opening;
    const language = say.language;
    const first = await site.search(words, { limit: FIRST, language, filters });
    if (mine !== turn) return;
    const shown = Math.min(first.total, limit);
    const text = !shown ? say.none : first.total > shown ? say.some : shown > 1 ? say.many : say.one;
    const values = { n: first.total, shown, typed: words, words: first.corrected || words };
    clearTimeout(wait);
    status.textContent = (first.corrected && shown ? fill(say.corrected, values) + " " : "") + fill(text, values);
    list.replaceChildren(...first.results.map(row));
    if (shown <= first.results.length) return;
    const all = await site.search(words, { limit, language, filters });
    if (mine !== turn) return;
    list.append(...all.results.slice(first.results.length).map(row));
    more.hidden = all.total <= limit;
  } catch {
    opening = undefined;
    if (mine === turn) status.textContent = say.broken;
  } finally {
    clearTimeout(wait);
    if (mine === turn) list.ariaBusy = "false";
  }
}

function ask() {
  const address = new URL(location.href);
  for (const [name, value] of [["q", box.value.trim()], ["in", narrow?.value]]) {
    value ? address.searchParams.set(name, value) : address.searchParams.delete(name);
  }
  if (address.href !== location.href) history.pushState(null, "", address);
  limit = MORE;
  return show();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  ask();
});
narrow?.addEventListener("change", ask);
more.addEventListener("click", async () => {
  const next = limit;
  limit += MORE;
  await show();
  list.children[next]?.firstElementChild.focus();
});
addEventListener("popstate", () => {
  limit = MORE;
  show();
});
show();
