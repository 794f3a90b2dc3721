import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import * as path from "node:path";

const types = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

/** Serves a folder below a path of a server, and nothing else: `http://127.0.0.1:PORT/some/where/`. */
export async function serve(folder, below) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "", "http://127.0.0.1");
    const name = decodeURIComponent(pathname.slice(below.length));
    const file = path.join(folder, name === "" || name.endsWith("/") ? `${name}index.html` : name);
    const found = pathname.startsWith(below) ? readFile(file) : Promise.reject(new Error("outside"));
    found.then(
      (body) => response.writeHead(200, { "Content-Type": types[path.extname(file)] ?? "text/plain" }).end(body),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    address: `http://127.0.0.1:${server.address().port}${below}`,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
