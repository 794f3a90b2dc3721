import { notFound, okFile, type Answer } from "../http/answer";
import type { Call } from "../http/call";
import { route, type Route } from "./route";

/** Files of a project: its avatar. */
export const PROJECT_FILE_ROUTES: readonly Route[] = [route("GET", "/projects/:id/avatar", avatar)];

function avatar(call: Call): Answer {
  const { avatar: file } = call.project("none");
  if (file === undefined) throw notFound("Avatar");
  return okFile(
    { type: file.type, content: Buffer.from(file.content, "base64") },
    { "Content-Disposition": `attachment; filename="${file.name.replaceAll('"', "")}"` },
  );
}
