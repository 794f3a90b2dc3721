import type { ApiPath, Client } from "../../client";
import type { Definition } from "../../core/definition";
import { ProviderError } from "../../core/errors";
import { sentences } from "../../core/sentences";
import { stripCredentials } from "../../secrets/redact";
import { redact } from "../../secrets/known-secrets";
import { fieldsOf } from "../../core/schema";
import type { Props, Write } from "../../operations/state/request-body";
import type { RemoteObject } from "../../operations/api/remote-object";
import { foundProject } from "./remote-project";
import { pollUntil } from "../../client/poll-until";

/** The states of an import that is still under way. */
const underWay = ["scheduled", "started"];

/** Whether a project may not be edited yet, or has failed to import what its program still asks for. */
export function isImporting({ given, last }: Write): boolean {
  return (
    underWay.includes(String(last.importStatus)) || (last.importStatus === "failed" && given.importUrl !== undefined)
  );
}

/** Waits until GitLab has copied the repository, has failed to, or has taken as long as the program allows. */
export function afterImport(
  client: Client,
  where: ApiPath,
  definition: Definition,
  { given }: Write,
): Promise<RemoteObject> {
  return pollUntil(
    async () => foundProject(await client.get(where), { method: "GET", path: where }),
    ({ values }) => !underWay.includes(String(values.import_status)),
    { limit: limitOf(definition, "importTimeout", given), doing: `${where.slice(1)}: waiting for the import` },
  );
}

/** @throws ProviderError when GitLab has not copied the repository, with the ways out */
export function requireImport(
  { values }: RemoteObject,
  where: ApiPath,
  definition: Definition,
  { given }: Write,
): void {
  const { import_status: status, import_error: error } = values;
  if (underWay.includes(String(status))) {
    throw new ProviderError(
      `${where.slice(1)}: the import is not finished after ${limitOf(definition, "importTimeout", given)} s. GitLab goes on ` +
        "with it; run `pulumi up` again, and give importTimeout more seconds if it takes long.",
    );
  }
  if (status !== "failed" || given.importUrl === undefined) return;
  const reason = typeof error === "string" ? `: ${redact(stripCredentials(error), definition, given)}` : "";
  throw new ProviderError(
    sentences(
      `${where.slice(1)}: the import has failed${reason}`,
      "Another importUrl replaces the project; to try again with the same one, run `pulumi up --replace` for it. " +
        "Without importUrl it stays as it is.",
    ),
  );
}

/** A time limit in seconds: the program's, else the field's default. */
export function limitOf(definition: Definition, name: string, given: Props): number {
  const limit = given[name] ?? fieldsOf(definition.fields).get(name)?.initial;
  return typeof limit === "number" ? limit : 0;
}
