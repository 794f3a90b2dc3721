import type { Asked, GitLabResponse } from "../../client";
import { isObject } from "../../core/json";
import type { Props } from "../../operations/state/request-body";
import type { RemoteObject } from "../../operations/api/remote-object";
import { isKey, objectIn } from "../../operations/api/answers";

/**
 * A project out of an answer: the one with a number, where that is known. One that is marked for deletion counts as gone.
 *
 * @throws GitLabError when the answer shows something else
 */
export function foundProject(response: GitLabResponse, asked: Omit<Asked, "what">, key?: number): RemoteObject {
  const isIt = ({ id, path_with_namespace: name }: Props) =>
    isKey(id) && (key === undefined || id === key) && typeof name === "string";
  return foundIn(objectIn(response, { ...asked, what: "project" }, isIt));
}

function foundIn(values: Props): RemoteObject {
  const namespace = isObject(values.namespace) ? values.namespace : {};
  const isMarked = (values.marked_for_deletion_on ?? values.marked_for_deletion_at ?? null) !== null;
  return {
    values: {
      ...values,
      namespace_id: namespace.id,
      namespace_path: namespace.full_path,
      namespace_kind: namespace.kind,
      // GitLab shows where the picture is, and not what it is.
      ...("avatar_url" in values ? { avatar_present: values.avatar_url !== null } : {}),
    },
    key: values.id as number,
    active: !isMarked,
    ...(isMarked ? { absence: "because GitLab has marked it for deletion. Restore it there first." } : {}),
    inherited: false,
  };
}
