import type { Props } from "../values";
import type { Found } from "./access";

/** A project out of an answer. One that is marked for deletion counts as gone. */
export function foundProject(body: unknown): Found {
  const values = (body ?? {}) as Props;
  const key = values.id;
  if (typeof key !== "number") throw new Error("the answer shows no project");
  const namespace = (values.namespace ?? {}) as Props;
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
    key,
    active: !isMarked,
    ...(isMarked ? { absence: "since GitLab has marked it for deletion. Restore it there first." } : {}),
    inherited: false,
  };
}
