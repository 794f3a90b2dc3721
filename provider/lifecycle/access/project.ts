import { notFound } from "../../client";
import { fieldsOf } from "../../fields";
import type { Access } from "./access";
import { objectPath } from "./paths";
import { makeProject } from "./project-creation";
import { removeProject } from "./project-deletion";
import { foundProject } from "./project-found";
import { projectSteps } from "./project-steps";
import { afterImport, isImporting, requireImport } from "./project-import";

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
