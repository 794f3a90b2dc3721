import { notFound } from "../../client";
import { fieldsOf } from "../../core/schema";
import type { Access } from "../../operations/api/resource-api";
import { objectPath } from "../../operations/api/paths";
import { makeProject } from "./creation";
import { removeProject } from "./deletion";
import { foundProject } from "./remote-project";
import { projectSteps } from "./steps";
import { afterImport, isImporting, requireImport } from "./import";

// https://docs.gitlab.com/api/projects/

/** Projects: POST makes, PUT edits, and moving, archiving, restoring and deleting have calls of their own. */
export const projectAccess: Access = {
  async find(client, definition, at) {
    const where = objectPath(definition, at);
    const response = await client.get(where).catch(notFound);
    return response && foundProject(response, { method: "GET", path: where }, at.key);
  },

  create: makeProject,

  async update(client, definition, at, write, wrote) {
    const where = objectPath(definition, at);
    let found = write.found;
    if (isImporting(write)) {
      found = await afterImport(client, where, definition, write);
      wrote(found, [...fieldsOf(definition.fields).keys()]);
      requireImport(found, where, definition, write);
    }
    const steps = projectSteps(client, where, definition, { ...write, found });
    for (const [index, step] of steps.entries()) {
      found = await step.run();
      wrote(
        found,
        steps.slice(index + 1).flatMap(({ names }) => names),
      );
    }
    if (found && (steps.at(-1)?.isWhole ?? true)) return found;
    return foundProject(await client.get(where), { method: "GET", path: where }, at.key);
  },

  remove: removeProject,
};
