import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { path, under, type ApiPath, type Client } from "../../client";
import type { Definition } from "../../core/definition";
import { ProviderError } from "../../core/errors";
import { fieldsOf, type FieldInfo } from "../../core/schema";
import { bodyOf, same, type Write } from "../../operations/state/request-body";
import type { RemoteObject } from "../../operations/api/remote-object";
import { foundProject } from "./remote-project";
import { postOrRecover } from "../../client/post-or-recover";

/** One call that brings a part of a project to what the program says. */
export interface Step {
  /** The fields that are done with it. */
  readonly names: readonly string[];
  /** Whether its answer shows all that an answer about the project does. */
  readonly isWhole: boolean;
  run(): Promise<RemoteObject>;
}

/** Fields that GitLab takes by calls of their own, or not at all. */
const apart = ["namespace", "userId", "archived", "avatar"];

/** Parameters that GitLab refuses to take together, even one that is off. */
export const exclusive = ["only_mirror_protected_branches", "mirror_branch_regex"] as const;

/** A body in which only one of two parameters stands: the one that is on, which switches the other off. */
export function withOneOf(names: readonly [string, string], body: Record<string, unknown>): Record<string, unknown> {
  if (!names.every((name) => name in body)) return body;
  const off = names.find((name) => !body[name]) ?? names[1];
  return Object.fromEntries(Object.entries(body).filter(([name]) => name !== off));
}

/** The calls that remain to be made, in an order in which GitLab takes them: what is archived takes no change. */
export function projectSteps(client: Client, where: ApiPath, definition: Definition, write: Write): Step[] {
  const { given, last, reset } = write;
  const steps: Step[] = [];
  const archived = given.archived ?? (reset.includes("archived") ? false : last.archived);
  if (last.archived === true && archived === false) steps.push(archiving(client, where, "unarchive"));
  const home = write.remote?.values.namespace_id ?? last.namespaceId;
  if (given.namespace !== undefined && given.namespace !== home) steps.push(moving(client, where, given.namespace));
  const body = withOneOf(exclusive, bodyOf(definition, write, [...apart, ...unchanged(definition, write)]));
  if (Object.keys(body).length > 0) {
    const names = [...fieldsOf(definition.fields).values()].filter(({ wire }) => wire in body).map(({ name }) => name);
    steps.push(putting(client, where, names, () => body));
  }
  const picture = pictureOf(write);
  if (picture !== undefined) steps.push(putting(client, where, ["avatar", "avatarHash"], picture));
  if (last.archived !== true && archived === true) steps.push(archiving(client, where, "archive"));
  return steps;
}

/** Some parameters ask for more rights than others, so only what changes is sent. */
function unchanged(definition: Definition, { given, last }: Write): string[] {
  const isSent = (info: FieldInfo) =>
    given[info.name] === undefined || last[info.name] === undefined || !same(info, last[info.name], given[info.name]);
  return [...fieldsOf(definition.fields).values()]
    .filter((info) => info.meta.onlyOn === "create" || !isSent(info))
    .map(({ name }) => name);
}

function putting(client: Client, where: ApiPath, names: readonly string[], body: () => unknown): Step {
  return {
    names,
    isWhole: true,
    run: async () => foundProject(await client.put(where, await body()), { method: "PUT", path: where }),
  };
}

function moving(client: Client, where: ApiPath, namespace: unknown): Step {
  const transfer = under(where, path`/transfer`);
  return {
    names: ["namespace"],
    isWhole: false,
    run: async () => foundProject(await client.put(transfer, { namespace }), { method: "PUT", path: transfer }),
  };
}

function archiving(client: Client, where: ApiPath, act: "archive" | "unarchive"): Step {
  const call = under(where, path`/${act}`);
  return {
    names: ["archived"],
    isWhole: false,
    run: async () => foundProject(await postOrRecover(() => client.post(call)), { method: "POST", path: call }),
  };
}

/** What to send for the picture; undefined where it stays as it is. */
function pictureOf({ given, last, reset }: Write): (() => unknown) | undefined {
  if (typeof given.avatar === "string") {
    const isThere = last.avatar !== undefined && last.avatarHash === given.avatarHash;
    return isThere ? undefined : () => formWith(given.avatar as string);
  }
  return reset.includes("avatar") ? () => ({ avatar: "" }) : undefined;
}

async function formWith(file: string): Promise<FormData> {
  const bytes = await readFile(file).catch(() => {
    throw new ProviderError("avatar: the file cannot be read");
  });
  const form = new FormData();
  form.set("avatar", new Blob([bytes]), basename(file));
  return form;
}
