import type { Definition } from "../../core/definition";
import { isObject } from "../../core/json";
import { bodyOf, defined, type Props, type Write } from "../../operations/state/request-body";
import type { RemoteObject } from "../../operations/api/remote-object";
import type { ResourceApi } from "../../operations/api/resource-api";
import { listIn } from "../../operations/api/answers";
import { linkApi } from "../link-api";

// https://docs.gitlab.com/api/projects/#share-a-project-with-a-group

/** The parameters of a share: what the program says, and what somebody else set that it does not name. */
function bodyFor(definition: Definition, write: Write, before?: RemoteObject): Props {
  const body = bodyOf(definition, { ...write, reset: [] });
  const { expires_at, member_role_id, group_access } = before?.values ?? {};
  // A role of one's own builds on one of GitLab's, and goes with that one only.
  const role = group_access === body.group_access ? { memberRoleId: member_role_id } : {};
  const kept = Object.entries({ expiresAt: expires_at, ...role }).filter(([name]) => !write.reset.includes(name));
  return { ...bodyOf(definition, { given: defined(Object.fromEntries(kept)), reset: [], last: {} }), ...body };
}

/** Shares of projects with groups: seen in the project alone. */
export const shareApi: ResourceApi = linkApi({
  shown: (project) =>
    listIn(project.shared_with_groups)
      ?.filter(isObject)
      .map(({ group_access_level, ...rest }) => ({ ...rest, group_access: group_access_level })),
  isAt: (share, at) => share.group_id === at.key,
  keyOf: (share) => share.group_id,
  making: (path, definition, write, before) => ({ path, body: bodyFor(definition, write, before) }),
  made: (answer) => (typeof answer.group_id === "number" ? answer : undefined),
});
