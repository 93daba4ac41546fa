// Only in the preview: the list of problems and pages follows changes by itself, and shows
// what somebody looks for.

const filter = document.querySelector("#filter");
filter.closest("p").hidden = false;

function sieve() {
  const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const item of document.querySelectorAll("[data-item]")) {
    const text = item.textContent.toLowerCase();
    item.hidden = !words.every((word) => text.includes(word));
  }
  for (const group of document.querySelectorAll("[data-group]")) {
    group.hidden = !group.querySelector("[data-item]:not([hidden])");
    if (group.localName === "details") group.open = words.length > 0;
  }
}
filter.addEventListener("input", sieve);

new EventSource("/_plainsite/events").onmessage = async ({ data }) => {
  if (document.querySelector("#found").dataset.number === data) return;
  const answer = await fetch("/_plainsite/");
  const next = new DOMParser().parseFromString(await answer.text(), "text/html");
  // What is folded out stays so, and so does the place on the page.
  const open = new Set([...document.querySelectorAll("details[open]")].map((group) => group.id));
  document.querySelector("#found").replaceWith(next.querySelector("#found"));
  for (const group of document.querySelectorAll("details")) group.open = open.has(group.id);
  if (filter.value) sieve();
};
