// The desk with a script: words are tried out while they are typed, and buttons help to write.
// Everything here can be done without it, with the forms of the page.

// The address of this script has the key of the desk in it, as all of them do.
const desk = new URL(".", import.meta.url).href;
// Pages of the preview in this window lead here with it, until it is closed.
try {
  sessionStorage.setItem("plainsite-desk", desk);
} catch {
  // They lead to words that say where the desk is.
}
const form = document.querySelector("#edit");
const words = document.querySelector("#words");

function add(parent, name, text, attributes = {}) {
  const element = parent.appendChild(document.createElement(name));
  if (text) element.textContent = text;
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

const status = add(document.querySelector("main"), "p", "", { role: "status", class: "quiet" });

function say(text) {
  status.textContent = "";
  setTimeout(() => (status.textContent = text), 50);
}

async function ask(address, data) {
  const options = data ? { method: "POST", body: data, headers: { Accept: "application/json" } } : {};
  const answer = await fetch(desk + address, options);
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json();
}

// The list of all pages: only what has the words that are looked for.
const filter = document.querySelector("#filter");
if (filter) {
  document.querySelector("#sieve").hidden = false;
  const wasOpen = new Map([...document.querySelectorAll("details[data-group]")].map((one) => [one, one.open]));
  filter.addEventListener("input", () => {
    const wanted = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const item of document.querySelectorAll("[data-item]")) {
      const text = (item.querySelector("summary") ?? item).textContent.toLowerCase();
      item.hidden = !wanted.every((word) => text.includes(word));
    }
    for (const [group, open] of wasOpen) {
      group.hidden = !group.querySelector("[data-item]:not([hidden])");
      group.open = wanted.length > 0 || open;
    }
  });
}

// Puts text where the cursor is, so that the browser's own undo takes it back.
function insert(text, from = words.selectionStart, to = words.selectionEnd) {
  words.focus();
  words.setSelectionRange(from, to);
  if (!document.execCommand?.("insertText", false, text)) {
    words.setRangeText(text, from, to, "end");
    words.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

// The lines that are chosen, from the start of the first to the end of the last.
function lines() {
  const { value, selectionStart, selectionEnd } = words;
  const from = value.lastIndexOf("\n", selectionStart - 1) + 1;
  const end = value.indexOf("\n", selectionEnd);
  return [from, end < 0 ? value.length : end];
}

function onLines(change) {
  const [from, to] = lines();
  const text = words.value.slice(from, to).split("\n").map(change).join("\n");
  insert(text, from, to);
}

// A block stands between empty lines.
function block(text) {
  const [, end] = lines();
  const before = words.value.slice(0, end);
  const gap = !before || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  insert(`${gap}${text}\n`, end, end);
}

// A dialog with fields; gives what was filled in, or nothing when it was closed.
function dialog(title, button, fill) {
  return new Promise((done) => {
    const box = add(document.body, "dialog", "", { "aria-labelledby": "dialog-name" });
    const inside = add(box, "form", "", { method: "dialog" });
    add(inside, "h2", title, { id: "dialog-name" });
    const read = fill(inside, () => box.close("done"));
    const buttons = add(inside, "p", "", { class: "buttons" });
    add(buttons, "button", button, { value: "done" });
    add(buttons, "button", "Close", { value: "", class: "second", formnovalidate: "" });
    const own = words.selectionStart;
    const end = words.selectionEnd;
    box.addEventListener("close", () => {
      box.remove();
      words.focus();
      words.setSelectionRange(own, end);
      done(box.returnValue === "done" ? read() : undefined);
    });
    box.showModal();
  });
}

let count = 0;
function field(parent, label, hint, name = "input", attributes = {}) {
  const id = `own-${++count}`;
  const box = add(parent, "div", "", { class: "field" });
  add(box, "label", label, { for: id });
  if (hint) {
    add(box, "p", hint, { class: "hint", id: `${id}-hint` });
    attributes = { ...attributes, "aria-describedby": `${id}-hint` };
  }
  return add(box, name, "", { id, autocomplete: "off", ...attributes });
}

function choose(parent, label, all) {
  const list = field(parent, label, "", "select");
  for (const [value, text] of all) add(list, "option", text, { value });
  return list;
}

const chosen = () => words.value.slice(words.selectionStart, words.selectionEnd);

async function link() {
  const text = chosen();
  const made = await dialog("A link", "Put the link in", (inside, close) => {
    const shown = field(inside, "The words of the link", "They say where it leads, on their own.");
    shown.value = text;
    const find = field(inside, "Where it leads", "Words that a reader would look for, or an address that begins with https://", "input", { role: "combobox", "aria-expanded": "false", "aria-controls": "found-pages" });
    find.value = text;
    const list = add(inside, "ul", "", { id: "found-pages", class: "pages" });
    let to = "";
    let turn = 0;
    async function look() {
      const mine = ++turn;
      to = "";
      if (/^(https?:|mailto:|tel:)/.test(find.value)) {
        list.replaceChildren();
        to = find.value;
        return;
      }
      const all = find.value.trim() ? await ask(`find?q=${encodeURIComponent(find.value)}&from=${encodeURIComponent(form.elements.file.value)}`) : [];
      if (mine !== turn) return;
      list.replaceChildren();
      find.setAttribute("aria-expanded", String(all.length > 0));
      for (const page of all) {
        const one = add(add(list, "li"), "button", page.title, { type: "button", class: "second" });
        add(one, "span", ` ${page.file}`, { class: "note" });
        one.addEventListener("click", () => {
          to = page.link;
          shown.value ||= page.title;
          close();
        });
      }
      // Several pages are a choice, which nobody else makes.
      const typed = find.value.trim().toLowerCase();
      to = (all.length === 1 ? all[0] : all.find((page) => page.title.toLowerCase() === typed))?.link ?? "";
      if (find.value.trim() && !all.length) add(list, "li", "No page is found with these words.");
    }
    find.addEventListener("input", look);
    look();
    return () => ({ text: shown.value || find.value, to });
  });
  if (made && !made.to) return say("No page was chosen, so no link was put in. Press the page in the list.");
  if (made) insert(`[${made.text.replace(/[[\]]/g, "")}](${/[\s()]/.test(made.to) ? `<${made.to}>` : made.to})`);
}

let known;
async function parts() {
  known ??= await ask("parts");
  return known;
}

async function contact() {
  const { contacts } = await parts();
  const made = await dialog("A contact", "Put it in", (inside) => {
    const who = choose(inside, "Who", contacts.map(({ id, name }) => [id, name]));
    const what = choose(inside, "What of them", [["", "All: phone, email and hours, as a box"], ["phone", "The phone number, in a sentence"], ["email", "The email address, in a sentence"], ["name", "The name, in a sentence"], ["hours", "The hours, in a sentence"]]);
    return () => [who.value, what.value];
  });
  if (!made) return;
  const [id, what] = made;
  if (what) insert(`((${id} ${what}))`);
  else block(`\`\`\`contact\n${id}\n\`\`\``);
}

async function fact() {
  const { facts } = await parts();
  const made = await dialog("A fact", "Put it in", (inside) => {
    add(inside, "p", "An amount, a limit or a period that stands in one place for all pages.");
    const what = choose(inside, "Which", facts.map(({ id, name }) => [id, `${id}: ${name}`]));
    return () => what.value;
  });
  if (made) insert(`((${made}))`);
}

const boxes = [["NOTE", "Something easily missed"], ["WARNING", "What goes wrong and costs someone"], ["URGENT", "Danger"], ["TODAY", "What cannot wait until tomorrow"], ["EXAMPLE", "An example"], ["DETAILS", "More, folded away"], ["CAN", "What is possible"], ["CANNOT", "What is not possible"], ["STEPS", "Steps in order"], ["LAW", "What the law says"], ["STAFF", "For staff alone"]];
async function box() {
  const made = await dialog("A box", "Put it in", (inside) => {
    const what = choose(inside, "What for", boxes);
    return () => what.value;
  });
  if (!made) return;
  const text = chosen() || (made === "STEPS" ? "1. First\n2. Then" : "Write it here.");
  block(`> [!${made}]\n${text.split("\n").map((line) => `> ${line}`).join("\n")}`);
}

async function table() {
  const made = await dialog("A table", "Put the table in", (inside) => {
    const caption = field(inside, "What the table shows", "It stands above the table, and is read first.");
    const size = add(inside, "p", "", { class: "buttons" });
    const grid = add(add(inside, "div", "", { class: "grid" }), "table");
    const cell = (row, column) => grid.rows[row]?.cells[column]?.firstChild;
    function fill(rows, columns) {
      const old = [...grid.rows].map((row) => [...row.cells].map((one) => one.firstChild.value));
      grid.replaceChildren();
      for (let row = 0; row < rows; row += 1) {
        const line = grid.insertRow();
        for (let column = 0; column < columns; column += 1) {
          const name = row ? `Row ${row}, column ${column + 1}` : `Heading of column ${column + 1}`;
          const box = add(line.insertCell(), "input", "", { "aria-label": name, autocomplete: "off" });
          box.value = old[row]?.[column] ?? "";
        }
      }
    }
    // What is copied from a spreadsheet comes in with its rows and columns.
    grid.addEventListener("paste", (event) => {
      const text = event.clipboardData.getData("text/plain");
      if (!text.includes("\t")) return;
      event.preventDefault();
      const rows = text.replace(/\r/g, "").replace(/\n$/, "").split("\n").map((line) => line.split("\t"));
      fill(Math.max(rows.length, grid.rows.length), Math.max(...rows.map((row) => row.length), grid.rows[0].cells.length));
      rows.forEach((row, r) => row.forEach((value, c) => (cell(r, c).value = value.trim())));
    });
    for (const [label, more] of [["One row more", [1, 0]], ["One row less", [-1, 0]], ["One column more", [0, 1]], ["One column less", [0, -1]]]) {
      add(size, "button", label, { type: "button", class: "second" }).addEventListener("click", () => {
        fill(Math.max(2, grid.rows.length + more[0]), Math.max(2, grid.rows[0].cells.length + more[1]));
        say(`${grid.rows.length - 1} rows, ${grid.rows[0].cells.length} columns`);
      });
    }
    fill(3, 3);
    return () => ({ caption: caption.value, rows: [...grid.rows].map((row) => [...row.cells].map((one) => one.firstChild.value.trim())) });
  });
  if (!made) return;
  const quote = (value) => (/[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
  block(`\`\`\`table ${made.caption}\n${made.rows.map((row) => row.map(quote).join(",")).join("\n")}\n\`\`\``);
}

async function picture(file) {
  const made = await dialog("A picture", "Put the picture in", (inside) => {
    let drawing = "";
    const own = file ? undefined : field(inside, "A picture of your own", "A file that ends in .jpg, .png, .webp or .svg", "input", { type: "file", accept: "image/*" });
    if (file) add(inside, "p", file.name);
    const find = file ? undefined : field(inside, "Or a drawing", "Type what it shows: bus, bank, worried", "input", { "aria-controls": "drawings" });
    const list = add(inside, "ul", "", { id: "drawings", class: "drawings" });
    const alt = field(inside, "What it shows, for people who do not see it", "", "input", { required: "" });
    let turn = 0;
    find?.addEventListener("input", async () => {
      const mine = ++turn;
      const all = find.value.trim() ? await ask(`drawings?q=${encodeURIComponent(find.value)}`) : [];
      if (mine !== turn) return;
      list.replaceChildren();
      for (const one of all.slice(0, 12)) {
        const button = add(add(list, "li"), "button", "", { type: "button", class: "second", "aria-pressed": "false" });
        add(button, "img", "", { src: `${desk}drawing/${one.file}`, alt: "", width: "72", height: "72" });
        add(button, "span", one.about);
        button.addEventListener("click", () => {
          drawing = one.file;
          alt.value = one.about;
          for (const other of list.querySelectorAll("button")) other.setAttribute("aria-pressed", String(other === button));
          say(`${one.about} is chosen.`);
        });
      }
      if (find.value.trim() && !all.length) add(list, "li", "There is no drawing of this. Try another word.");
    });
    return () => ({ file: file ?? own.files[0], drawing, alt: alt.value });
  });
  if (!made || !(made.file || made.drawing)) return;
  const data = new FormData();
  data.append("file", form.elements.file.value);
  data.append("alt", made.alt);
  if (made.file) data.append("picture", made.file);
  else data.append("drawing", made.drawing);
  const { text, fault } = await ask("picture", data);
  if (text) block(text);
  else trouble(fault);
}

function heading() {
  onLines((line) => (line.startsWith("## ") ? `#${line}` : line.startsWith("### ") ? line.slice(4) : `## ${line}`));
}

const tools = [
  ["Heading", heading, "h"],
  ["List", () => onLines((line) => (line.startsWith("- ") ? line.slice(2) : `- ${line}`)), "l"],
  ["Numbers", () => onLines((line, at) => (/^\d+\. /.test(line) ? line.replace(/^\d+\. /, "") : `${at + 1}. ${line}`)), "n"],
  ["Bold", () => insert(`**${chosen() || "words"}**`), "b"],
  ["Link", link, "k"],
  ["Contact", contact],
  ["Fact", fact],
  ["Box", box],
  ["Table", table],
  ["Picture", () => picture()],
];

// Keys with Ctrl, or with the command key, that browsers do not need for themselves.
const keys = { b: "Bold", k: "Link" };

function toolbar() {
  const bar = document.querySelector("#tools");
  bar.hidden = false;
  const buttons = tools.map(([name, does]) => {
    const key = Object.keys(keys).find((key) => keys[key] === name);
    const button = add(bar, "button", name, { type: "button", class: "second", tabindex: "-1" });
    if (key) button.setAttribute("aria-keyshortcuts", `Control+${key.toUpperCase()}`);
    button.addEventListener("click", does);
    return button;
  });
  buttons[0].tabIndex = 0;
  // One stop for the tab key; the arrows go from button to button.
  bar.addEventListener("keydown", (event) => {
    const at = buttons.indexOf(document.activeElement);
    const step = { ArrowRight: 1, ArrowLeft: -1, Home: -at, End: buttons.length - 1 - at }[event.key];
    if (step === undefined || at < 0) return;
    event.preventDefault();
    const next = buttons[(at + step + buttons.length) % buttons.length];
    buttons[at].tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  });
  words.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    const tool = tools.find(([name]) => name === keys[event.key.toLowerCase()]);
    if (tool) {
      event.preventDefault();
      tool[1]();
    }
  });
}

function trouble(text) {
  let box = document.querySelector("#trouble");
  box ??= form.insertBefore(Object.assign(document.createElement("p"), { id: "trouble", className: "not" }), form.firstChild);
  box.setAttribute("role", "alert");
  box.textContent = text ?? "";
  box.hidden = !text;
}

// What was copied from a document comes in as text with its headings, lists and links.
async function paste(event) {
  const html = event.clipboardData.getData("text/html");
  const picked = [...event.clipboardData.files].find((file) => file.type.startsWith("image/"));
  if (!html && picked) {
    event.preventDefault();
    return picture(picked);
  }
  // Plain words with nothing around them stay plain.
  if (!html || !/<(h[1-6]|ul|ol|table|a |b>|strong|i>|em|img|p )/i.test(html)) return;
  event.preventDefault();
  const [from, to] = [words.selectionStart, words.selectionEnd];
  const plain = event.clipboardData.getData("text/plain");
  try {
    const data = new URLSearchParams({ file: form.elements.file.value, html });
    const { text, lost, fault } = await ask("paste", data);
    if (fault) trouble(fault);
    insert(text?.trim() ? (text.trim().includes("\n") ? text : text.trim()) : plain, from, to);
    if (lost?.length) trouble(`Not everything came along. ${lost.join(". ")}.`);
  } catch {
    insert(plain, from, to);
  }
}

// What is found, as the page shows it without a script.
function show({ says, found, reads, seen, unsaved, fault, changed }) {
  const section = document.querySelector("#found");
  section.querySelector("h2").textContent = says;
  // Who types far above what is found sees that there is something.
  const many = document.querySelector("#how-many");
  many.hidden = !found.length;
  many.textContent = found.length === 1 ? "1 thing found" : `${found.length} things found`;
  section.querySelector("ol")?.remove();
  const list = found.length ? add(section, "ol") : undefined;
  found.forEach((one, number) => {
    const item = add(list, "li", "", { class: one.severity });
    const first = add(item, "p");
    add(first, "strong", one.label);
    first.append(one.line || one.field ? ", " : `, ${one.place}: `);
    if (one.field) {
      const [id, label] = one.field;
      const go = add(first, "a", `in ${label}`, { href: `#${id}` });
      go.addEventListener("click", (event) => {
        const box = document.getElementById(id);
        if (!box) return;
        event.preventDefault();
        for (let fold = box.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
        box.focus();
      });
      first.append(": ");
    }
    if (one.line) {
      const go = add(first, "button", `line ${one.line}`, { type: "button", class: "link" });
      go.addEventListener("click", () => {
        words.focus();
        words.setSelectionRange(...range(one));
        scroll(one.line);
      });
      first.append(": ");
    }
    first.append(one.message);
    const [before, at, after] = one.words;
    if (before || at || after) {
      const line = add(item, "p", before, { class: "line" });
      add(line, "mark", at);
      line.append(after);
    }
    if (one.hint) add(item, "p", `What to do: ${one.hint}`);
    if (one.change !== null) {
      // What is in a field is put in by the program.
      const attributes = one.line ? { type: "button" } : { formaction: "look", name: "use", value: one.change };
      const button = add(add(item, "p"), "button", `Use “${one.with}”`, { class: "second", ...attributes });
      add(button, "span", ` in place of “${at}”, ${number + 1}`, { class: "quiet" });
      if (one.line) {
        button.addEventListener("click", () => {
          insert(one.with, ...range(one));
          say("Put in.");
        });
      }
    }
    add(add(item, "p"), "a", `Why: ${one.code}`, { href: `/_plainsite/explain/${one.code}` });
  });
  showReads(reads);
  document.querySelector("#unsaved").hidden = !unsaved;
  trouble(fault || (changed ? "Another program has changed this file. Saving shows both versions." : ""));
  const frame = document.querySelector("#seen");
  if (frame && seen) {
    const top = frame.contentWindow?.scrollY ?? 0;
    frame.addEventListener("load", () => frame.contentWindow.scrollTo(0, top), { once: true });
    frame.contentWindow.location.replace(new URL(seen, desk));
  }
}

// How the words read, as the page shows it without a script. A line is a button that leads there.
function showReads(reads) {
  const fold = document.querySelector("#reads");
  if (!fold) return;
  fold.hidden = !reads;
  if (!reads) return;
  fold.querySelector("summary span").textContent = reads.says;
  for (const old of fold.querySelectorAll("p + p, ol")) old.remove();
  if (!reads.costly.length) return;
  add(fold, "p", "These sentences cost a reader most:");
  const list = add(fold, "ol");
  for (const { line, cost, sentence } of reads.costly) {
    const item = add(list, "li");
    if (line) {
      add(item, "button", `line ${line}`, { type: "button", class: "link" }).addEventListener("click", () => goToLine(line));
      item.append(", ");
    }
    item.append(`${cost}: ${sentence}`);
  }
}

function goToLine(line) {
  const lines = words.value.split("\n");
  const start = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
  words.focus();
  words.setSelectionRange(start, start + (lines[line - 1] ?? "").length);
  scroll(line);
}

// Places are counted in letters, and the box counts some letters twice.
function range({ start, end }) {
  const letters = [...words.value];
  const units = (count) => letters.slice(0, count).join("").length;
  return [units(start), units(end)];
}

function scroll(line) {
  const height = words.scrollHeight / Math.max(words.value.split("\n").length, 1);
  words.scrollTop = Math.max(0, (line - 4) * height);
}

let wait;
let turn = 0;
async function tryOut() {
  const mine = ++turn;
  try {
    const answer = await ask("try", new URLSearchParams(new FormData(form)));
    if (mine === turn) show(answer);
  } catch (error) {
    if (mine === turn) trouble(navigator.onLine ? `The program does not answer: ${error.message}. Start it again; what you typed is here.` : "");
  }
}

if (form) {
  // Buttons that only look are not needed when all is tried out by itself.
  for (const button of form.querySelectorAll(".save [formaction]:not([name])")) button.hidden = true;
  form.addEventListener("input", () => {
    document.querySelector("#unsaved").hidden = false;
    document.querySelector(".done")?.remove();
    clearTimeout(wait);
    wait = setTimeout(tryOut, 300);
  });
  addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  // What was typed in the last moment is kept too; browsers send 64 kB at most so late.
  addEventListener("pagehide", () => {
    if (wait) navigator.sendBeacon(`${desk}try`, new URLSearchParams(new FormData(form)));
  });
  form.addEventListener("submit", () => {
    clearTimeout(wait);
    wait = undefined;
    turn += 1;
  });
}
if (form && words) {
  toolbar();
  words.addEventListener("paste", paste);
  words.addEventListener("drop", (event) => {
    const file = [...event.dataTransfer.files].find((one) => one.type.startsWith("image/"));
    if (file) {
      event.preventDefault();
      picture(file);
    }
  });
  tryOut();
}
