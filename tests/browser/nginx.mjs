// A real web host with a real log, as councils have them: nginx, on this machine only.

import { after } from "node:test";
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const program = process.env.NGINX ?? "/usr/sbin/nginx";

const freePort = () =>
  new Promise((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });

const settings = (folder, work, port) => `
daemon off;
master_process off;
pid "${work}/pid";
error_log "${work}/error.log";
events {}
http {
  log_format seen '$time_iso8601 "$request" $status "$http_referer" "$http_cookie"';
  access_log "${work}/access.log" seen;
  client_body_temp_path "${work}/body";
  proxy_temp_path "${work}/proxy";
  fastcgi_temp_path "${work}/fastcgi";
  uwsgi_temp_path "${work}/uwsgi";
  scgi_temp_path "${work}/scgi";
  default_type application/octet-stream;
  types {
    text/html html;
    text/css css;
    text/javascript js;
    text/plain txt;
    application/json json;
    image/svg+xml svg;
    image/png png;
    image/jpeg jpg jpeg;
    image/webp webp;
  }
  server {
    listen 127.0.0.1:${port};
    root "${folder}";
    error_page 404 /404.html;
  }
}
`;

/**
 * Serves a folder with nginx until the tests are over. `log()` gives what it has written
 * so far, a line a request: the request, the page it came from, and the cookies.
 */
export async function hosted(folder) {
  if (!existsSync(program)) throw new Error(`there is no ${program}: apt-get install nginx-light, or name it in NGINX`);
  const work = mkdtempSync(join(tmpdir(), "plainsite-nginx-"));
  const port = await freePort();
  writeFileSync(join(work, "nginx.conf"), settings(folder, work, port));
  const nginx = spawn(program, ["-p", work, "-e", join(work, "error.log"), "-c", join(work, "nginx.conf")], { stdio: "inherit" });
  const ended = new Promise((done) => nginx.on("exit", done));
  after(async () => {
    nginx.kill();
    await ended;
    rmSync(work, { recursive: true });
  });
  const base = `http://127.0.0.1:${port}/`;
  for (let tries = 0; ; tries++) {
    const answer = await fetch(base).catch(() => null);
    if (answer) break;
    if (tries > 100) throw new Error(`nginx does not answer: ${readFileSync(join(work, "error.log"), "utf8")}`);
    await new Promise((done) => setTimeout(done, 50));
  }
  const read = () => readFileSync(join(work, "access.log"), "utf8").trim().split("\n");
  // Not what was asked to see whether it answers.
  const first = read().length;
  return {
    base,
    log: () =>
      read().slice(first).map((line) => {
        const [, request, status, referer, cookie] = line.match(/ "(.*?)" (\d+) "(.*?)" "(.*?)"$/);
        return { line, path: request.split(" ")[1], status, referer, cookie };
      }),
  };
}
