// Only in the preview: loads the page again when the site changes, and shows
// what is wrong at the top of it. Published pages do not have this script.

// Which site this page belongs to, so that a change is not missed that falls
// between the page and this script.
const mine = new URL(import.meta.url).search.slice(1);
const most = 5;
let events;

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
bar.setAttribute("role", "status");
bar.setAttribute("aria-label", "Problems in this site");
bar.hidden = true;
document.body.prepend(bar);

function show({ says, old, failed, findings }) {
  bar.replaceChildren();
  bar.hidden = !failed && findings.length === 0;
  if (bar.hidden) return;
  const first = add(bar, "p");
  add(first, "strong", says);
  if (old) add(first, "span", " The pages shown are the last ones without errors.");
  const list = add(bar, "ul");
  for (const { severity, file, line, message, hint } of findings.slice(0, most)) {
    const item = add(list, "li", `${severity === "error" ? "Error" : "Warning"} in ${file}, line ${line}: ${message}`);
    if (hint) add(item, "p", `Help: ${hint}`);
  }
  const rest = findings.length - most;
  const more = add(add(bar, "p"), "a", rest > 0 ? `See all problems: ${rest} more` : "See all problems");
  more.href = "/_plainsite/";
}

async function look() {
  try {
    const answer = await fetch("/_plainsite/problems.json");
    const problems = await answer.json();
    if (problems.site === mine) show(problems);
    else location.reload();
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
    events.onmessage = look;
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
