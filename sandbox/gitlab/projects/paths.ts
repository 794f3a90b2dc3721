import { errorText, message } from "../http/answer";
import type { Value } from "../http/params";

const PATH = /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/;

/** The name and path a request means, each made from the other when missing. Raises 400. */
export function nameAndPath(given: Readonly<Record<string, Value>>): { name: string; path: string } {
  const name = given.name as string | null | undefined;
  const path = given.path as string | null | undefined;
  if (name === undefined && path === undefined) {
    throw errorText(400, "name, path are missing, at least one parameter must be provided");
  }
  const result = { name: name ?? path ?? "", path: path ?? slug(name ?? "") };
  checkPath(result.path);
  return result;
}

/** Raises 400 for what cannot be the last part of a full path. */
export function checkPath(path: string): void {
  if (!PATH.test(path) || /(\.git|\.atom|[.-])$/.test(path)) {
    throw message(400, {
      path: [
        "can contain only letters, digits, '_', '-' and '.'. Cannot start with '-', end in '.git' or end in '.atom'",
      ],
    });
  }
}

/** 400: another project or group is there already. */
export function taken(): Error {
  const problem = ["has already been taken"];
  return message(400, { "project_namespace.name": problem, name: problem, path: problem });
}

function slug(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9_.-]+/g, "-")
    .replace(/^-+|-+$/g, "");
}
