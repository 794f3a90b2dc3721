import type { Definition } from "../../../provider/core/definition";
import type { Props } from "./managed-resource";
import type { ProviderFixture } from "./provider-fixture";

/** Kinds that only the project shows in which they live. */
const links: readonly string[] = ["share", "forkRelation"];

/** Whether GitLab can make and remove an object, and neither edit it nor show it alone. */
export function isLink({ kind }: Definition): boolean {
  return links.includes(kind);
}

/** The path under which GitLab shows an object. */
export function pathShowing(definition: Definition, id: string): string {
  return isLink(definition) ? id.split("/").slice(0, 2).join("/") : id;
}

/** What a refresh of a fleet asks for because of one entry: a list, and the hook itself where the list hides what is managed. */
export function refreshRequests(definition: Definition, id: string, args: Props): string[] {
  if (definition.kind !== "hook") return [`GET /${pathShowing(definition, id)}`];
  const isHidden = id.startsWith("projects/") && ("customHeaders" in args || "urlVariables" in args);
  return [`GET /${id.replace(/\/\d+$/, "")}`, ...(isHidden ? [`GET /${id}`] : [])];
}

/** An object as HTTP shows it, its values by GitLab's parameters and nested ones lifted to the top. */
export async function fetchObject(fixture: ProviderFixture, definition: Definition, id: string): Promise<Props> {
  const answer = (await fixture.api("GET", `/${pathShowing(definition, id)}`)) as Props;
  if (definition.kind === "share") return shareIn(answer, Number(id.split("/").pop()));
  if (definition.kind === "forkRelation") return { forked_from_id: (answer.forked_from_project as Props).id };
  return { ...answer, ...(answer.properties as Props | undefined), ...(answer.events as Props | undefined) };
}

function shareIn(project: Props, groupId: number): Props {
  const share = (project.shared_with_groups as Props[]).find((each) => each.group_id === groupId);
  return { ...share, group_access: share?.group_access_level };
}
