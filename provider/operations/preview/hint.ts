import { hintName, type PreviewHint } from "../../core/preview-hint";
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
    const { depends, ahead, made } = JSON.parse(text) as Partial<PreviewHint>;
    return {
      depends: depends === true,
      ahead: Array.isArray(ahead) ? ahead : [],
      made: Array.isArray(made) ? made : [],
    };
  } catch {
    return { depends: true, ahead: [], made: [] };
  }
}
