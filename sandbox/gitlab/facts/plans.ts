import type { Feature } from "../world/settings";

/** The features that only an Ultimate licence has. */
const ULTIMATE: readonly Feature[] = [
  "external_status_checks",
  "jira_issue_association_enforcement",
  "requirements",
  "security_orchestration_policies",
];

/** The plan that has these features, undefined for none. */
export function planOf(licence: readonly Feature[]): "premium" | "ultimate" | undefined {
  if (licence.length === 0) return undefined;
  return licence.some((feature) => ULTIMATE.includes(feature)) ? "ultimate" : "premium";
}
