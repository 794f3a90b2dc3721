import { created, noContent, notModified, type Answer } from "../http/answer";
import type { Call } from "../http/call";
import { forkFrom, relate } from "../projects/forks";
import { presentProject } from "../projects/response";
import { route, type Route } from "./route";

/** Forks: made, and the relation between existing projects. */
export const FORK_ROUTES: readonly Route[] = [
  route("POST", "/projects/:id/fork", fork),
  route("POST", "/projects/:id/fork/:forked_from_id", (call) => {
    const project = call.project("owner");
    relate(call, project, call.number("forked_from_id"));
    return created(presentProject(call, project));
  }),
  route("DELETE", "/projects/:id/fork", (call) => {
    const project = call.project("owner");
    if (project.forkedFromId === undefined) return notModified();
    call.world.projects.relate(project, undefined);
    return noContent();
  }),
];

function fork(call: Call): Answer {
  const source = call.project("none", "even archived");
  const given = call.params({
    branches: { type: "string" },
    description: { type: "string" },
    mr_default_target_self: { type: "boolean" },
    name: { type: "string" },
    namespace: { type: "string" },
    namespace_id: { type: "integer" },
    namespace_path: { type: "string" },
    path: { type: "string" },
    visibility: { type: "string", values: ["private", "internal", "public"] },
  });
  return created(presentProject(call, forkFrom(call, source, given), { alone: true }));
}
