import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  downloadProjectSnapshot,
  downloadProjectSnapshotOutput,
  Provider,
  type DownloadProgress,
} from "../../../provider";
import { asProgram, known } from "../../contract/support/program";
import { json, serve, type Answering, type Running } from "../client/server";

let server: Running;
let folder: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "snapshot-"));
  await asProgram();
});

afterEach(async () => {
  rmSync(folder, { recursive: true });
  await server.close();
});

async function gitlab(answering: Answering): Promise<{ readonly provider: Provider }> {
  server = await serve(answering);
  return {
    provider: new Provider("gitlab", { baseUrl: server.url, token: "glpat-canary-token", retries: 1, timeout: 3 }),
  };
}

const megabyte = Buffer.alloc(1_000_000, "x");

test("comes in pieces, tells how far it is, and is there as a whole", async () => {
  const options = await gitlab((_, response) => {
    response.writeHead(200, { "content-type": "application/x-tar", "content-length": 3 * megabyte.length });
    let left = 3;
    const timer = setInterval(() => {
      // Nothing under its final name while it is under way.
      expect(readdirSync(folder).filter((name) => !name.endsWith(".part"))).toEqual([]);
      response.write(megabyte);
      left -= 1;
      if (left > 0) return;
      clearInterval(timer);
      response.end();
    }, 600);
  });
  const told: DownloadProgress[] = [];
  const file = join(folder, "shop.tar");
  const result = await downloadProjectSnapshot(
    { project: "acme/shop", file, wiki: true, onProgress: (progress) => told.push(progress) },
    options,
  );
  const sha256 = createHash("sha256").update(megabyte).update(megabyte).update(megabyte).digest("hex");
  expect(result).toEqual({ file, size: 3_000_000, sha256 });
  expect(readFileSync(file)).toHaveLength(3_000_000);
  expect(readdirSync(folder)).toEqual(["shop.tar"]);
  expect(server.seen[0]?.url).toBe("/api/v4/projects/acme%2Fshop/snapshot?wiki=true");
  expect(told.length).toBeGreaterThan(1);
  expect(told.at(-1)).toEqual({ received: 3_000_000, total: 3_000_000 });
});

test("begins anew after a broken connection", async () => {
  const options = await gitlab((_, response, count) => {
    response.writeHead(200, { "content-length": 2 * megabyte.length }).write(megabyte);
    setTimeout(() => (count === 1 ? response.destroy() : response.end(megabyte)), 50);
  });
  const file = join(folder, "shop.tar");
  expect(await downloadProjectSnapshot({ project: 42, file }, options)).toMatchObject({ size: 2_000_000 });
  expect(readFileSync(file)).toHaveLength(2_000_000);
  expect(server.seen).toHaveLength(2);
});

test.each([
  ["a refusal", (_, response) => json(response, 403, { message: "403 Forbidden" }), /403 Forbidden/],
  [
    "a connection that breaks each time",
    (_, response) => {
      response.writeHead(200, { "content-length": 2 * megabyte.length }).write(megabyte);
      setTimeout(() => response.destroy(), 20);
    },
    /the connection broke/,
  ],
] satisfies [string, Answering, RegExp][])("leaves what was there after %s", async (_, answering, message) => {
  const options = await gitlab(answering);
  const file = join(folder, "shop.tar");
  writeFileSync(file, "the last one");
  await expect(downloadProjectSnapshot({ project: 42, file }, options)).rejects.toThrow(message);
  expect([readdirSync(folder), readFileSync(file, "utf8")]).toEqual([["shop.tar"], "the last one"]);
});

test("fails at once where the file cannot be", async () => {
  const options = await gitlab((_, response) => response.writeHead(200).end("x"));
  const nowhere = join(folder, "none", "shop.tar");
  await expect(downloadProjectSnapshot({ project: 42, file: nowhere }, options)).rejects.toMatchObject({
    code: "ENOENT",
  });
  expect(server.seen).toHaveLength(1);
  expect(existsSync(nowhere)).toBe(false);
});

test("has a form for outputs", async () => {
  const options = await gitlab((_, response) => response.writeHead(200).end("x"));
  const output = downloadProjectSnapshotOutput({ project: 42, file: join(folder, "shop.tar") }, options);
  expect((await known(output)).value.size).toBe(1);
});
