import { hintName, type Ahead, type PreviewHint } from "../../core/preview-hint";
import type { Props } from "../state/request-body";

/**
 * Takes the hint out of the arguments.
 *
 * @returns no hint outside of a preview
 */
export function withoutHint(news: Props): { readonly hint?: PreviewHint; readonly given: Props } {
  const { [hintName]: text, ...given } = news;
  if (typeof text !== "string") return { given };
  return { hint: parsed(text), given };
}

function parsed(text: string): PreviewHint {
  try {
    const { depends, ahead, further = {}, made } = JSON.parse(text) as Partial<PreviewHint>;
    const named = Array.isArray(ahead) ? (ahead as readonly Ahead[]) : [];
    return {
      depends: depends === true,
      ahead: [...named, ...Object.entries(further).flatMap(([group, names]) => unnamed(group, names))],
      made: Array.isArray(made) ? made : [],
    };
  } catch {
    return { depends: true, ahead: [], made: [] };
  }
}

function unnamed(group: string, names: readonly string[]): Ahead[] {
  const [kind = "", path = ""] = group.split(" ");
  return names.map((name) => ({ scope: "project", text: path === "" ? name : `${path}/${name}`, owner: "", kind }));
}
