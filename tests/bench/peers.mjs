// Other makers of sites over the same files, with the plainest templates that show a page and
// the menu: Hugo with Pagefind after it, and Eleventy with Pagefind after it. None of them
// checks words, looks at its HTML or writes letters.

import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const modules = join(dirname(fileURLToPath(import.meta.url)), "node_modules");
const pagefind = (folder) => [process.execPath, join(modules, "pagefind/lib/runner/bin.cjs"), "--site", folder, "--silent"];

function put(folder, files) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

const page = (title, menu, content) =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title></head><body>` +
  `<header><nav><ul>${menu}</ul></nav></header><main><h1>${title}</h1>${content}</main></body></html>\n`;

/** Hugo, whose program is at `path`. `root` has the files in `content/`. */
export const hugo = (path) => ({
  name: "Hugo",
  prepare(root) {
    const menu = `{{ range .Site.Sections }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}`;
    const list = `{{ .Content }}<ul>{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>`;
    put(root, {
      "hugo.toml": `baseURL = "https://guide.example/"\ntitle = "Guide"\n`,
      "layouts/_default/single.html": page("{{ .Title }}", menu, "{{ .Content }}"),
      "layouts/_default/list.html": page("{{ .Title }}", menu, list),
      "layouts/index.html": page("{{ .Title }}", menu, list),
    });
  },
  build: (root, out) => [[path, "--source", root, "--destination", out, "--quiet"], pagefind(out)],
  serve: (root, port) => [path, "server", "--source", root, "--port", String(port), "--renderToMemory", "--disableLiveReload"],
});

/** Eleventy, if it is installed here. */
export const eleventy = () => {
  const program = join(modules, "@11ty/eleventy/cmd.cjs");
  if (!existsSync(program)) return undefined;
  return {
    name: "Eleventy",
    prepare(root) {
      const menu = `<li><a href="/">Home</a></li>`;
      put(root, {
        "eleventy.config.mjs": `export default (config) => {\n  config.addGlobalData("layout", "page.liquid");\n  config.addGlobalData("permalink", () => (data) => \`\${data.page.filePathStem.replace(/\\/_?index$/, "")}/index.html\`);\n  return { dir: { input: "content", includes: "../layouts" }, markdownTemplateEngine: false };\n};\n`,
        "layouts/page.liquid": page("{{ title }}", menu, "{{ content }}"),
      });
    },
    build: (root, out) => [[process.execPath, program, `--output=${out}`, "--quiet"], pagefind(out)],
    serve: (root, port) => [process.execPath, program, "--serve", `--port=${port}`, "--quiet", `--output=${join(root, "served")}`],
  };
};
