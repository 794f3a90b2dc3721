import { types } from "./fields.mjs";

/** What the sandbox's GitLab knows of the integration: what was stated, which is to be what GitLab's documents say. */
export function factRow({ slug, title, scopes, fields, isIssueTracker }) {
  const text = `  {
    slug: "${slug}",
    title: ${JSON.stringify(title)},
    scopes: ${scopes.length === 2 ? "BOTH" : JSON.stringify(scopes)},
${isIssueTracker ? "    issueTracker: true,\n" : ""}    fields: [${fields.map((field) => types[field.type].fact(field)).join(", ")}],
    events: [],
  },
`;
  return { slug, text, end: "];\n" };
}
