// Makes the headings of the tables into buttons that sort them. Without it all is there, by
// address.
(() => {
  "use strict";
  const said = document.getElementById("said");
  const compare = new Intl.Collator("en", { numeric: true, sensitivity: "base" }).compare;
  const value = (row, at) => row.cells[at].dataset.value ?? row.cells[at].textContent.trim();
  for (const table of document.querySelectorAll("table.sort")) {
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, at) => {
      const name = head.textContent;
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = name;
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        const isDown = head.getAttribute("aria-sort") === "ascending";
        for (const other of heads) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", isDown ? "descending" : "ascending");
        const body = table.tBodies[0];
        const rows = [...body.rows];
        rows.sort((one, other) => {
          const [a, b] = [value(one, at), value(other, at)];
          // What has no value comes last, whichever way.
          if (!a || !b) return Number(!a) - Number(!b);
          return isDown ? compare(b, a) : compare(a, b);
        });
        body.append(...rows);
        said.textContent = `Sorted by ${name}, ${isDown ? "largest or last" : "smallest or first"} at the top.`;
      });
    });
  }
})();
