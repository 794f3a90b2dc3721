import { notFound } from "../../client";
import { fieldsOf } from "../../core/schema";
import type { ResourceApi } from "../../operations/api/resource-api";
import { objectPath } from "../../operations/api/paths";
import { makeProject } from "./creation";
import { removeProject } from "./deletion";
import { foundProject } from "./remote-project";
import { projectSteps } from "./steps";
import { afterImport, isImporting, requireImport } from "./import";

// https://docs.gitlab.com/api/projects/

/** Projects: POST makes, PUT edits, and moving, archiving, restoring and deleting have calls of their own. */
export const projectApi: ResourceApi = {
  async find(client, definition, at) {
    const where = objectPath(definition, at);
    const response = await client.get(where).catch(notFound);
    return response && foundProject(response, { method: "GET", path: where }, at.key);
  },

  create: makeProject,

  async update(client, definition, at, write, wrote) {
    const where = objectPath(definition, at);
    let remote = write.remote;
    if (isImporting(write)) {
      remote = await afterImport(client, where, definition, write);
      wrote(remote, [...fieldsOf(definition.fields).keys()]);
      requireImport(remote, where, definition, write);
    }
    const steps = projectSteps(client, where, definition, { ...write, remote });
    for (const [index, step] of steps.entries()) {
      remote = await step.run();
      wrote(
        remote,
        steps.slice(index + 1).flatMap(({ names }) => names),
      );
    }
    if (remote && (steps.at(-1)?.isWhole ?? true)) return remote;
    return foundProject(await client.get(where), { method: "GET", path: where }, at.key);
  },

  remove: removeProject,
};
