// A plain file server, as simple as the simplest host: files, folders with an
// index.html, 404.html for the rest, and no header but the type.

import { createServer } from "node:http";
import { readFile, stat } from "node:fs/promises";
import { extname, join } from "node:path";

const types = {
  ".css": "text/css; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
  ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  ".html": "text/html; charset=utf-8",
  ".ics": "text/calendar; charset=utf-8",
  ".jpeg": "image/jpeg",
  ".jpg": "image/jpeg",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".mp4": "video/mp4",
  ".odt": "application/vnd.oasis.opendocument.text",
  ".pdf": "application/pdf",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".vcf": "text/vcard; charset=utf-8",
  ".webp": "image/webp",
  ".xml": "application/xml",
};

/** Serves `folder` below `mount`, at a free port of this machine only. */
export async function serve(folder, mount = "/") {
  const server = createServer(async (request, response) => {
    response.sendDate = false;
    const { pathname } = new URL(request.url, "http://127.0.0.1");
    const answer = await find(folder, mount, decodeURIComponent(pathname));
    response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    base: `http://127.0.0.1:${server.address().port}${mount}`,
    close: () => (server.closeAllConnections(), server.close()),
  };
}

async function find(folder, mount, path) {
  if (path.startsWith(mount) && !path.split("/").includes("..")) {
    let file = join(folder, path.slice(mount.length));
    const isFolder = (await stat(file).catch(() => null))?.isDirectory();
    if (isFolder && !path.endsWith("/")) return { status: 301, headers: { location: `${path}/` } };
    if (isFolder) file = join(file, "index.html");
    const body = await readFile(file).catch(() => null);
    if (body) return { status: 200, headers: typed(file), body };
  }
  const body = await readFile(join(folder, "404.html")).catch(() => "Not found");
  return { status: 404, headers: typed("404.html"), body };
}

function typed(file) {
  return { "content-type": types[extname(file)] ?? "application/octet-stream" };
}
