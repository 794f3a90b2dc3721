import type { Report } from "../operations/context";
import { entryPath } from "../core/id";
import { formatted } from "./kinds";
import { mostLines } from "./summary";

/** The most keys that one line names. */
const mostKeys = 3;

/** Collects what is said of single entries, so that what is said of many of them is said once. */
export class NoticeCollector {
  readonly #said = new Map<string, { readonly severity: "info" | "warn"; readonly text: string; keys: string[] }>();

  /** The way for an entry to be heard. */
  reportFor(key: string): Report {
    return (severity, text) => {
      if (severity !== "status") this.add(key, severity, text);
    };
  }

  /** The same, for warnings alone. */
  reportWarningsFor(key: string): Report {
    return (severity, text) => {
      if (severity === "warn") this.add(key, severity, text);
    };
  }

  add(key: string, severity: "info" | "warn", text: string): void {
    // The ID that the text begins with would make each another.
    const own = text.replace(/^(?:projects|groups)\/\d+\/[^\s:]+: /, "");
    const known = this.#said.get(severity + own) ?? { severity, text: own, keys: [] };
    this.#said.set(severity + own, known);
    known.keys.push(key);
  }

  /** Says all of it. */
  reportAll(report: Report): void {
    const all = [...this.#said.values()];
    for (const { severity, text, keys } of all.slice(0, mostLines)) report(severity, `${named(keys)}: ${text}`);
    if (all.length > mostLines) report("warn", `and ${formatted(all.length - mostLines)} more messages`);
    this.#said.clear();
  }
}

function named(keys: readonly string[]): string {
  const first = keys.slice(0, mostKeys).map(entryPath).join(", ");
  return keys.length > mostKeys ? `${first} and ${formatted(keys.length - mostKeys)} more` : first;
}
