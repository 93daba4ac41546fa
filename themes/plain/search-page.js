// The search page, for those who have scripts. Nothing typed here leaves the device.
const form = document.getElementById("search");
const status = document.getElementById("status");
const list = document.getElementById("results");
const more = document.getElementById("more");
const box = form.elements.q;
const say = form.dataset;
const title = document.title;
const folder = new URL(say.index.replace(/\/?$/, "/"), location.href);
const kinds = new Map(say.kinds.split("|").map((pair) => pair.split("=")));
let opening;
let turn = 0;
let limit = 10;

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

function row(result) {
  const link = node("a", result.title);
  link.href = result.section?.id ? `${result.url}#${result.section.id}` : result.url;
  const kind = kinds.get(result.kind);
  const item = node("li", "", link);
  if (kind) item.append(" ", Object.assign(node("span", kind), { className: "kind" }));
  if (result.section) item.append(Object.assign(node("p", result.section.heading), { className: "meta" }));
  if (result.excerpt) item.append(marked(result.excerpt));
  return item;
}

async function show() {
  const words = (new URLSearchParams(location.search).get("q") ?? "").trim().slice(0, 200);
  const mine = ++turn;
  box.value = words;
  list.replaceChildren();
  more.hidden = true;
  status.textContent = "";
  document.title = words ? `${words} – ${title}` : title;
  if (!words) return;
  const wait = setTimeout(() => (status.textContent = say.wait), 400);
  try {
    // A page that is opened from a folder has the engine already; it cannot import.
    opening ??= (async () => (self.plainsiteSearch ?? (await import(new URL("search.js", folder)))).open(folder.href))();
    const site = await opening;
    const found = await site.search(words, { limit, language: say.language });
    if (mine !== turn) return;
    const shown = found.results.length;
    const text = !shown ? say.none : found.total > shown ? say.some : shown > 1 ? say.many : say.one;
    const values = { n: found.total, shown, typed: words, words: found.corrected || words };
    clearTimeout(wait);
    status.textContent = (found.corrected && shown ? fill(say.corrected, values) + " " : "") + fill(text, values);
    list.replaceChildren(...found.results.map(row));
    more.hidden = found.total <= shown || shown < limit;
  } catch {
    opening = undefined;
    if (mine === turn) status.textContent = say.broken;
  } finally {
    clearTimeout(wait);
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const words = box.value.trim();
  const address = new URL(location.href);
  words ? address.searchParams.set("q", words) : address.searchParams.delete("q");
  if (address.href !== location.href) history.pushState(null, "", address);
  limit = 10;
  show();
});
more.addEventListener("click", async () => {
  const next = limit;
  limit += 10;
  await show();
  list.children[next]?.firstElementChild.focus();
});
addEventListener("popstate", () => {
  limit = 10;
  show();
});
show();
