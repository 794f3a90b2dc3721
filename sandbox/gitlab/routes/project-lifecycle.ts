import { accepted, created, forbidden, message, notFound, ok, type Answer } from "../http/answer";
import type { Call } from "../http/call";
import { paginate } from "../http/pagination";
import { markForDeletion, remove, restore, transfer } from "../projects/removal";
import { presentPlace, presentProject } from "../projects/response";
import { lower } from "../projects/validation";
import { LEVELS } from "../world/access";
import type { Group, Owner } from "../world/entities";
import { route, type Route } from "./route";

/** How a project ends, rests and moves: deletion in two steps, archiving, transfer. */
export const PROJECT_LIFECYCLE_ROUTES: readonly Route[] = [
  route("DELETE", "/projects/:id", destroy),
  route("POST", "/projects/:id/restore", (call) => {
    const project = call.project("owner", "even archived");
    restore(call.world, project);
    return created(presentProject(call, project));
  }),
  route("POST", "/projects/:id/archive", (call) => archive(call, true)),
  route("POST", "/projects/:id/unarchive", (call) => archive(call, false)),
  route("PUT", "/projects/:id/transfer", move),
  route("GET", "/projects/:id/transfer_locations", locations),
];

function destroy(call: Call): Answer {
  const { world } = call;
  const project = call.project("owner", "even archived");
  call.checkUnmodified(project.updatedAt);
  const { permanently_remove: permanently, full_path: fullPath } = call.params({
    permanently_remove: { type: "boolean" },
    full_path: { type: "string" },
  });
  if (permanently === true) {
    if (project.markedForDeletionOn === null) throw message(400, "Project must be marked for deletion first.");
    if (fullPath !== world.projectPath(project)) {
      throw message(400, "`full_path` is incorrect. You must enter the complete path for the project.");
    }
    remove(world, project);
  } else if (project.markedForDeletionOn !== null) {
    throw message(400, "Project has already been marked for deletion");
  } else if (world.settings.deletionDelay === 0) {
    remove(world, project);
  } else {
    markForDeletion(world, project);
  }
  return accepted();
}

function archive(call: Call, archived: boolean): Answer {
  const project = call.project("owner", "even archived");
  if (archived && project.markedForDeletionOn !== null) {
    throw message(422, "Cannot archive project since it is scheduled for deletion.");
  }
  if (project.archived !== archived) {
    project.archived = archived;
    project.updatedAt = call.world.now();
  }
  return created(presentProject(call, project));
}

function move(call: Call): Answer {
  const { world } = call;
  const project = call.project("owner", "even archived");
  const { namespace } = call.params({ namespace: { type: "string", required: true } });
  const owner = namespaceNamed(call, namespace as string);
  const fails = (reason: string): Error => message(400, `Failed to transfer project ${reason}`);
  if (owner.kind === project.owner.kind && owner.id === project.owner.id) {
    throw fails("Project is already in this namespace.");
  }
  const [path, name] = [`${world.ownerPath(owner)}/${project.path}`, project.name];
  const isTaken = world.groupAt(path) !== undefined || world.projects.at(path) !== undefined;
  if (isTaken || world.projects.of(owner).some((other) => other.name === name)) {
    throw fails("Project with same name or path in target namespace already exists");
  }
  const group = owner.kind === "group" ? world.group(owner.id) : undefined;
  if (group !== undefined) project.visibility = lower(project.visibility, group.visibility);
  transfer(world, project, owner);
  return ok(presentProject(call, project, { alone: true }));
}

function namespaceNamed(call: Call, text: string): Owner {
  const { world, user } = call;
  const group = /^\d+$/.test(text) ? world.group(Number(text)) : world.groupAt(text);
  if (group !== undefined && call.sees(world.groupPath(group), group.visibility)) {
    if (call.level(world.groupPath(group)) < LEVELS.maintainer) throw forbidden();
    return { kind: "group", id: group.id };
  }
  if (text !== String(user.id) && text.toLowerCase() !== user.username.toLowerCase()) throw notFound("Namespace");
  return { kind: "user", id: user.id };
}

function locations(call: Call): Answer {
  const { world } = call;
  const project = call.project("owner");
  const { search } = call.params({ search: { type: "string" } });
  const text = typeof search === "string" ? search.toLowerCase() : "";
  const isHere = ({ id }: Group): boolean => project.owner.kind === "group" && project.owner.id === id;
  const rows = world.state.groups.filter(
    (group) =>
      !isHere(group) &&
      call.level(world.groupPath(group)) >= LEVELS.maintainer &&
      `${group.name} ${group.path}`.toLowerCase().includes(text),
  );
  return paginate(call, rows, (group) => presentPlace(call, group));
}
