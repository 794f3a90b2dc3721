import { path, under, type ApiPath, type Client } from "../../client";
import { isObject } from "../../core/json";
import type { Scope } from "../../core/schema";
import type { Connection } from "../connection";
import { nearest } from "../suggestion";

const simple = { simple: true, per_page: 100 };

/** The path of a project or group that a misspelt one most likely means, by what is beside it or has a name like it. */
export async function similarTo(connection: Connection, scope: Scope, text: string): Promise<string | undefined> {
  if (/^\d+$/.test(text)) return undefined;
  const { client } = connection.impatient();
  const end = text.lastIndexOf("/");
  const [above, own] = [end < 0 ? undefined : text.slice(0, end), text.slice(end + 1)];
  if (scope === "group") {
    const beside = above === undefined ? path`/groups` : under(path`/groups/${above}`, path`/subgroups`);
    return nearest(text, await pathsIn(client, beside, "full_path", { per_page: 100 }));
  }
  const key = "path_with_namespace";
  const beside =
    above === undefined ? [] : await pathsIn(client, under(path`/groups/${above}`, path`/projects`), key, simple);
  return (
    nearest(text, beside) ?? nearest(text, await pathsIn(client, path`/projects`, key, { ...simple, search: own }))
  );
}

async function pathsIn(
  client: Client,
  where: ApiPath,
  key: string,
  query: Readonly<Record<string, string | number | boolean>>,
): Promise<string[]> {
  const answer = await client.get(where, query).catch(() => undefined);
  const rows: unknown[] = Array.isArray(answer?.body) ? answer.body : [];
  return rows.map((row) => (isObject(row) ? row[key] : undefined)).filter((name) => typeof name === "string");
}
