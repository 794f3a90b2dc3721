import type { FastifyRequest } from "fastify";
import { errorText } from "./answer";
import { parseForm } from "./form";
import { Upload, inputOf, type Input } from "./params";

/** What the body of a request holds by name, in whichever form it came. Raises 413 for a file that is too big. */
export async function bodyOf(request: FastifyRequest): Promise<Input> {
  if (!request.isMultipart()) return inputOf(request.body);
  const fields = new URLSearchParams();
  const files: Record<string, Upload> = {};
  for await (const part of request.parts()) {
    if (part.type === "field") {
      fields.append(part.fieldname, String(part.value));
      continue;
    }
    const content = await part.toBuffer().catch(() => {
      throw errorText(413, "413 Request Entity Too Large");
    });
    // A file field without a file is how a form says "none".
    if (part.filename === "" && content.length === 0) fields.append(part.fieldname, "");
    else files[part.fieldname] = new Upload(part.filename, part.mimetype, content);
  }
  return { ...parseForm(fields.toString()), ...files };
}
