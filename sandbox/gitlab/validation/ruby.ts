/** Failures of a record by attribute, in the order they were found. */
export type Failures = Record<string, string[]>;

/** Notes one failure of an attribute. */
export function fail(failures: Failures, attribute: string, problem: string): void {
  (failures[attribute] ??= []).push(problem);
}

/** The Ruby that a GitLab runs on, as far as its messages show it. */
export type RubyVersion = "3.3" | "3.4";

/** Failures printed as Ruby prints a hash, the form in which GitLab answers for integrations. */
export function inspect(failures: Failures, ruby: RubyVersion): string {
  const entries = Object.entries(failures).map(([attribute, problems]) => {
    const key = ruby === "3.4" ? `${attribute}: ` : `:${attribute}=>`;
    return `${key}[${problems.map((problem) => JSON.stringify(problem)).join(", ")}]`;
  });
  return `{${entries.join(", ")}}`;
}

/** Failures as sentences, such as `Token is invalid`. */
export function sentences(failures: Failures): string {
  const all = Object.entries(failures).flatMap(([attribute, problems]) =>
    problems.map((problem) => (attribute === "base" ? problem : `${humanize(attribute)} ${problem}`)),
  );
  const last = all.at(-1) ?? "";
  return all.length < 2 ? last : `${all.slice(0, -1).join(", ")}, and ${last}`;
}

function humanize(attribute: string): string {
  const text = attribute.replaceAll("_", " ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}
