import { Upload, type Input } from "./params";
import { ApiError } from "./answer";

/** The same refusal with every given value in its texts. */
export function echoing(problem: ApiError, input: Input): ApiError {
  if (problem.status !== 400 && problem.status !== 422) return problem;
  const given = textsIn(input);
  if (given.length === 0) return problem;
  const suffix = ` (given: ${given.join(", ")})`;
  return new ApiError(problem.status, append(problem.body, suffix), problem.headers);
}

function append(body: unknown, suffix: string): unknown {
  if (typeof body === "string") return body + suffix;
  if (Array.isArray(body)) return body.map((item) => append(item, suffix));
  if (typeof body !== "object" || body === null) return body;
  return Object.fromEntries(Object.entries(body).map(([key, value]) => [key, append(value, suffix)]));
}

function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value === "number" || typeof value === "boolean") return [String(value)];
  if (typeof value !== "object" || value === null || value instanceof Upload) return [];
  return Object.values(value).flatMap(textsIn);
}
