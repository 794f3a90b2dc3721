import { badRequest, created, forbidden, noRecord, ok, type Answer } from "../http/answer";
import type { Call } from "../http/call";
import { paginate } from "../http/pagination";
import type { NoteRow } from "../notes/row";
import { inspect } from "../validation/ruby";
import { LEVELS } from "../world/access";
import type { Project } from "../projects/row";
import { route, type Route } from "./route";

/** The one merge request of every project with content. */
const MERGE_REQUEST = "1";
const ROOT = "/projects/:id/merge_requests/:iid/notes";

/**
 * Comments on merge requests, which a pipeline leaves there. Every project with content has the merge request 1.
 *
 * @see https://docs.gitlab.com/api/notes/#merge-requests
 */
export const NOTE_ROUTES: readonly Route[] = [
  route("GET", ROOT, list),
  route("GET", `${ROOT}/:note_id`, (call) => ok(present(call, noteOf(call, projectOf(call))))),
  route("POST", ROOT, post),
  route("PUT", `${ROOT}/:note_id`, put),
];

function projectOf(call: Call): Project {
  const project = call.project("reporter");
  if (!project.hasContent || call.segment("iid") !== MERGE_REQUEST) throw noRecord();
  return project;
}

function notesOf(call: Call, project: Project): NoteRow[] {
  return (call.world.state.notes ?? []).filter(({ projectId }) => projectId === project.id);
}

function noteOf(call: Call, project: Project): NoteRow {
  const note = notesOf(call, project).find(({ id }) => String(id) === call.segment("note_id"));
  if (note === undefined) throw noRecord();
  return note;
}

function list(call: Call): Answer {
  const { sort } = call.params({ sort: { type: "string", values: ["asc", "desc"] } });
  const rows = notesOf(call, projectOf(call));
  return paginate(call, sort === "asc" ? rows : rows.reverse(), (note) => present(call, note));
}

function post(call: Call): Answer {
  const project = projectOf(call);
  const { world, user } = call;
  const body = bodyIn(call);
  const now = world.now();
  const place = { projectId: project.id, iid: Number(MERGE_REQUEST), authorId: user.id };
  const note: NoteRow = { id: world.nextId("note"), ...place, createdAt: now, updatedAt: now, body };
  world.state.notes = [...(world.state.notes ?? []), note];
  return created(present(call, note));
}

function put(call: Call): Answer {
  const project = projectOf(call);
  const note = noteOf(call, project);
  const isMaintainer = call.level(call.world.projectPath(project)) >= LEVELS.maintainer;
  if (note.authorId !== call.user.id && !isMaintainer) throw forbidden();
  note.body = bodyIn(call);
  note.updatedAt = call.world.now();
  return ok(present(call, note));
}

function bodyIn(call: Call): string {
  const { body } = call.params({ body: { type: "string", required: true } });
  const text = typeof body === "string" ? body : "";
  if (text.trim() === "") {
    const failures = inspect({ note: ["can't be blank"] }, call.world.settings.rubyHashes);
    throw badRequest(`Note ${failures}`);
  }
  return text;
}

function present(call: Call, note: NoteRow): Record<string, unknown> {
  const author = call.world.state.users.find(({ id }) => id === note.authorId);
  return {
    id: note.id,
    type: null,
    body: note.body,
    author: { id: note.authorId, username: author?.username, name: author?.name, state: "active" },
    created_at: note.createdAt,
    updated_at: note.updatedAt,
    system: false,
    noteable_type: "MergeRequest",
    noteable_iid: note.iid,
    project_id: note.projectId,
    resolvable: false,
    confidential: false,
    internal: false,
  };
}
