import { createHash, randomBytes } from "node:crypto";
import { created, forbidden, notFound, ok, okFile, type Answer } from "../http/answer";
import type { Call } from "../http/call";
import type { Upload } from "../http/params";
import { attribute } from "../projects/attributes";
import { snapshotOf } from "../projects/snapshot";
import { route, type Route } from "./route";

const IMAGE = /\.(png|jpe?g|gif|bmp|tiff?|ico|webp)$/i;
const PACK_BYTES = 4096;

/** Files of a project: its avatar, uploads for texts, a snapshot of its repository and where that is stored. */
export const PROJECT_FILE_ROUTES: readonly Route[] = [
  route("GET", "/projects/:id/avatar", avatar),
  route("POST", "/projects/:id/uploads", upload),
  route("GET", "/projects/:id/snapshot", snapshot),
  route("GET", "/projects/:id/storage", storage),
];

function avatar(call: Call): Answer {
  const { avatar: file } = call.project("none");
  if (file === undefined) throw notFound("Avatar");
  return okFile(
    { type: file.type, content: Buffer.from(file.content, "base64") },
    { "Content-Disposition": `attachment; filename="${file.name.replaceAll('"', "")}"` },
  );
}

function upload(call: Call): Answer {
  const project = call.project("guest");
  if (project.archived) throw forbidden();
  const given = call.params({ file: { type: "file", required: true } });
  const { name } = given.file as Upload;
  const url = `/uploads/${randomBytes(16).toString("hex")}/${name}`;
  const isImage = IMAGE.test(name);
  const alt = isImage ? name.replace(IMAGE, "") : name;
  return created({
    id: call.world.nextId("upload"),
    alt,
    url,
    full_path: `/${call.world.projectPath(project)}${url}`,
    markdown: `${isImage ? "!" : ""}[${alt}](${url})`,
  });
}

function snapshot(call: Call): Answer {
  const project = call.project("none");
  if (call.token.role !== "admin") throw forbidden();
  const { wiki } = call.params({ wiki: { type: "boolean" } });
  const size = project.statistics?.[wiki === true ? "wiki_size" : "repository_size"] ?? PACK_BYTES;
  return okFile({ type: "application/x-tar", content: snapshotOf(project.defaultBranch, size) });
}

function storage(call: Call): Answer {
  const project = call.project("none");
  if (call.token.role !== "admin") throw forbidden();
  const hash = createHash("sha256").update(String(project.id)).digest("hex");
  // One object, where the documentation has a list of one.
  return ok({
    project_id: project.id,
    disk_path: `@hashed/${hash.slice(0, 2)}/${hash.slice(2, 4)}/${hash}`,
    created_at: project.createdAt,
    repository_storage: attribute(project, "repository_storage"),
  });
}
