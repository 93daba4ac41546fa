// What a screen reader is told of tables on a phone: the browser still knows the rows, the
// headers and the cells, although each row looks like a card there.

import { each, narrow, pages } from "./site.mjs";

const withTables = pages.filter((page) => /<table/.test(page.html));

each(withTables, narrow, {
  "320 px wide, a table is still a table": async (tab) => {
    // Those that are folded are read once they are opened.
    await tab.evaluate(() => document.querySelectorAll("details").forEach((fold) => (fold.open = true)));
    const session = await tab.context().newCDPSession(tab);
    const { nodes } = await session.send("Accessibility.getFullAXTree");
    await session.detach();
    const heard = told(nodes);
    const written = await tab.evaluate(() =>
      [...document.querySelectorAll("table")]
        .filter((table) => table.checkVisibility())
        .map((table) => {
          const cells = [...table.querySelectorAll("th, td")];
          const sort = { col: "columnheader", row: "rowheader" };
          return {
            rows: table.rows.length,
            sorts: cells.map((cell) => (cell.localName === "td" ? "cell" : sort[cell.scope])),
          };
        }),
    );
    const say = (tables) => JSON.stringify(tables);
    if (!written.length) return [{ rule: "tables", say: "no table can be seen" }];
    return say(heard) === say(written) ? [] : [{ rule: "tables", say: `written ${say(written)}, told ${say(heard)}` }];
  },
});

/** The tables in what the browser tells, with their rows and the sorts of their cells. */
function told(nodes) {
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const cells = ["cell", "gridcell", "columnheader", "rowheader"];
  const tables = [];
  const walk = (node, table) => {
    const role = node.ignored ? "" : node.role?.value;
    if (role === "table") tables.push((table = { rows: 0, sorts: [] }));
    if (role === "row") table && table.rows++;
    if (cells.includes(role)) table?.sorts.push(role === "gridcell" ? "cell" : role);
    for (const id of node.childIds ?? []) if (byId.has(id)) walk(byId.get(id), table);
  };
  walk(nodes[0]);
  return tables;
}
