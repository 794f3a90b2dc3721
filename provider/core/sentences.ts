/** Sentences in one text, each with a full stop unless it has one: what GitLab says often ends with it. */
export function sentences(...parts: readonly (string | undefined)[]): string {
  return parts
    .filter((part) => part !== undefined && part !== "")
    .map((part) => (/[.!?\u2026]$/.test(part ?? "") ? part : `${part}.`))
    .join(" ");
}
