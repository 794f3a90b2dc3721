import { created, noContent, noRecord, noRoute, notFound, ok, unauthorized, type Answer } from "../http/answer";
import type { Call } from "../http/call";
import { paginate } from "../http/pagination";
import {
  REMOTE_MIRROR_PARAMS,
  addRemoteMirror,
  editRemoteMirror,
  presentRemoteMirror,
  syncRemoteMirror,
} from "../projects/remote-mirrors";
import type { Project, RemoteMirror } from "../projects/row";
import { LEVELS } from "../world/access";
import { has } from "../world/settings";
import { route, type Route } from "./route";

const ROOT = "/projects/:id/remote_mirrors";
const ONE = `${ROOT}/:mirror_id`;

/** Push mirrors: the repositories that a project pushes to. */
export const REMOTE_MIRROR_ROUTES: readonly Route[] = [
  route("GET", ROOT, (call) =>
    paginate(call, projectOf(call).remoteMirrors ?? [], (mirror) => presentRemoteMirror(call.world, mirror)),
  ),
  route("GET", ONE, (call) => ok(presentRemoteMirror(call.world, mirrorOf(call, projectOf(call))))),
  route("GET", `${ONE}/public_key`, publicKey),
  route("POST", ROOT, (call) => {
    const project = projectOf(call);
    const given = call.params({ ...REMOTE_MIRROR_PARAMS, url: { type: "string", required: true } });
    return created(presentRemoteMirror(call.world, addRemoteMirror(call.world, project, given)));
  }),
  route("POST", `${ONE}/sync`, (call) => {
    syncRemoteMirror(call.world, mirrorOf(call, projectOf(call)));
    return noContent();
  }),
  route("PUT", ONE, (call) => {
    const mirror = mirrorOf(call, projectOf(call));
    editRemoteMirror(mirror, call.params(REMOTE_MIRROR_PARAMS));
    return ok(presentRemoteMirror(call.world, mirror));
  }),
  route("DELETE", ONE, (call) => {
    const project = projectOf(call);
    const mirror = mirrorOf(call, project);
    project.remoteMirrors = (project.remoteMirrors ?? []).filter((other) => other !== mirror);
    return noContent();
  }),
];

// Whoever sees the project but may not manage its mirrors is told to log in, not that it is forbidden.
function projectOf(call: Call): Project {
  const project = call.project("none");
  if (call.level(call.world.projectPath(project)) < LEVELS.maintainer) throw unauthorized();
  return project;
}

function mirrorOf(call: Call, project: Project): RemoteMirror {
  const mirror = project.remoteMirrors?.find(({ id }) => String(id) === call.segment("mirror_id"));
  if (mirror === undefined) throw noRecord();
  return mirror;
}

function publicKey(call: Call): Answer {
  if (!has(call.world.settings, { since: "17.9" })) throw noRoute();
  const { id, authMethod } = mirrorOf(call, projectOf(call));
  if (authMethod !== "ssh_public_key") throw notFound();
  return ok({ public_key: `ssh-rsa ${Buffer.from(`key of remote mirror ${id}`).toString("base64")}` });
}
