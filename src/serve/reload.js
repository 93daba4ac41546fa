// Only in the preview: loads the page again when the site changes, and shows
// what is wrong in a strip that stays in sight. Published pages do not have this script.

// Which site this page belongs to, so that a change is not missed that falls
// between the page and this script.
const mine = new URL(import.meta.url).search.slice(1);
const most = 5;
const title = document.title;
let events;
let last;

function add(parent, name, text) {
  const element = parent.appendChild(document.createElement(name));
  if (text) element.textContent = text;
  return element;
}

const style = add(document.head, "link");
style.rel = "stylesheet";
style.href = "/_plainsite/preview.css";

const bar = document.createElement("section");
bar.id = "plainsite-problems";
bar.lang = "en";
bar.dir = "ltr";
bar.setAttribute("aria-label", "Preview");
const fold = add(bar, "details");
const says = add(fold, "summary");
says.setAttribute("role", "status");
const inside = add(fold, "div");
document.body.append(bar);

// The desk of this preview was open in this window: its addresses have a key.
const edit = document.querySelector(".plainsite-edit a");
if (edit?.pathname === "/_plainsite/desk/edit") {
  try {
    const desk = sessionStorage.getItem("plainsite-desk");
    if (desk) edit.href = `${desk}edit${edit.search}`;
  } catch {
    // It leads to words that say where the desk is.
  }
}

// What somebody opened or closed stays so from page to page.
const key = "plainsite-preview";
says.addEventListener("click", () => sessionStorage.setItem(key, !fold.open));

// The end of the page can be scrolled to above the strip, however high it is by now.
new ResizeObserver(() => {
  document.body.style.paddingBlockEnd = `${bar.offsetHeight}px`;
}).observe(bar, { box: "border-box" });

function item(list, { severity, file, line, message, hint, code, words: [before, at, after] }) {
  const item = add(list, "li");
  add(item, "p", `${severity === "error" ? "Error" : "Warning"} in ${file}, line ${line}: ${message}`);
  if ((before + at + after).trim()) {
    const typed = add(item, "pre", before);
    add(typed, "mark", at);
    typed.append(after);
  }
  if (hint) add(item, "p", `Help: ${hint}`);
  const more = add(item, "details");
  add(more, "summary", `More about this: ${code}`);
  more.addEventListener("toggle", async () => {
    if (more.childElementCount > 1) return;
    const answer = await fetch(`/_plainsite/explain/${code}`);
    add(more, "pre", await answer.text());
  }, { once: true });
}

// As `VIEWS` of the program.
const views = {
  narrow: "small phone",
  print: "on paper",
  "no-scripts": "without scripts",
  "no-styles": "words alone",
  contrast: "few colours",
  beside: "staff and public",
};

function show({ says: sentence, old, failed, findings, count, here, source, address }) {
  const own = here === 0 ? "" : here === count ? " All are on this page." : ` On this page: ${here}.`;
  says.textContent = `${sentence}${own}`;
  says.classList.toggle("wrong", failed || count > 0);
  document.title = count > 0 || failed ? `(${failed ? "!" : count}) ${title}` : title;
  inside.replaceChildren();
  if (old) add(inside, "p", "Pages with errors are shown as they were before.");
  if (source) {
    const from = add(inside, "p", "This page is written in ");
    add(from, "code", source);
  }
  if (address) {
    const ways = add(inside, "p", "Look at it: ");
    ways.className = "views";
    const isOther = location.pathname.startsWith("/_plainsite/");
    for (const [view, words] of Object.entries(isOther ? { "": "as it is", ...views } : views)) {
      const link = add(ways, "a", words);
      link.href = `${view && `/_plainsite/${view}`}${encodeURI(address)}`;
      link.target = "_top";
      ways.append(" ");
    }
  }
  const list = add(inside, "ul");
  const shown = Math.max(most, here);
  findings.slice(0, shown).forEach((finding) => item(list, finding));
  const rest = count - Math.min(shown, findings.length);
  const more = add(add(inside, "p"), "a", rest > 0 ? `See all problems: ${rest} more` : "See all problems and pages");
  more.href = "/_plainsite/";
  fold.open = (sessionStorage.getItem(key) ?? String(failed || here > 0)) === "true";
}

async function look(number) {
  try {
    const page = encodeURIComponent(location.pathname.replace(/^\/_plainsite\/(desk\/\w+\/site|[a-z-]+)(?=\/)/, ""));
    const answer = await fetch(`/_plainsite/problems.json?page=${page}`);
    const problems = await answer.json();
    if (problems.site === mine) {
      show(problems);
      last = number;
    } else {
      location.reload();
    }
  } catch {
    // The preview was ended. When it is there again, the next event says so.
  }
}

// A browser keeps at most six connections to one place, so a page that nobody
// looks at lets go of its own.
function listen() {
  if (document.hidden) {
    events?.close();
    events = undefined;
  } else if (!events) {
    events = new EventSource("/_plainsite/events");
    // It is not tried again where the preview wants its code words, or has too many listeners.
    events.onerror = () => events?.readyState === 2 && setTimeout(() => location.reload(), 5000);
    events.onmessage = ({ data }) => {
      if (data !== last) look(data);
    };
  }
}
document.addEventListener("visibilitychange", listen);
addEventListener("pagehide", () => events?.close());
addEventListener("pageshow", ({ persisted }) => {
  if (persisted) {
    events = undefined;
    listen();
  }
});
listen();
if (document.hidden) look();
