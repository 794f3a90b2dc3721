import { errorText } from "../http/answer";
import type { Params, Value } from "../http/params";
import { DUO_AVAILABILITY, GROUP_ATTRIBUTES, type GroupValue } from "../facts/group-attributes";
import type { Group } from "../world/entities";

type Given = Readonly<Record<string, Value>>;

const BRANCH_PROTECTIONS = [0, 1, 2, 3, 4];

/** The parameters of POST and of PUT that a group only keeps, with the two that stand for others. */
export function attributeParams(on: "create" | "edit"): Params {
  const taken = GROUP_ATTRIBUTES.filter(({ only }) => only === undefined || only === on);
  return {
    ...Object.fromEntries(
      taken.map(({ name, type, values }) => [name, values === undefined ? { type } : { type, values }]),
    ),
    emails_disabled: { type: "boolean" },
    duo_availability: { type: "string", values: Object.keys(DUO_AVAILABILITY) },
  };
}

/** Raises 400 for what the parameters' types let pass. */
export function checkAttributes({
  default_branch_protection: protection,
  ldap_cn: cn,
  ldap_access: access,
}: Given): void {
  if (typeof protection === "number" && !BRANCH_PROTECTIONS.includes(protection)) {
    throw errorText(400, "default_branch_protection does not have a valid value");
  }
  if ((cn === undefined) !== (access === undefined))
    throw errorText(400, "ldap_cn, ldap_access provide all or none of parameters");
}

/** Stores what a request gives; attributes with their initial value take no room. */
export function storeAttributes(group: Group, given: Given): void {
  const stored: Record<string, GroupValue> = { ...group.attributes };
  for (const { name, initial } of GROUP_ATTRIBUTES) {
    const value = given[name] as GroupValue | undefined;
    // A column that is never empty takes its default instead.
    if (value !== undefined) stored[name] = value ?? initial;
  }
  if (typeof given.emails_disabled === "boolean") stored.emails_enabled = !given.emails_disabled;
  if (typeof given.duo_availability === "string") Object.assign(stored, DUO_AVAILABILITY[given.duo_availability]);
  for (const { name, initial } of GROUP_ATTRIBUTES) {
    if (JSON.stringify(stored[name]) === JSON.stringify(initial)) Reflect.deleteProperty(stored, name);
  }
  if (Object.keys(stored).length > 0) group.attributes = stored;
  else delete group.attributes;
}

/** What an answer shows of the attributes of a group. */
export function shownAttributes(group: Group, isOwner: boolean, alone: boolean): Record<string, GroupValue> {
  const shown: Record<string, GroupValue> = {};
  for (const { name, initial, detail, owners, root } of GROUP_ATTRIBUTES) {
    if ((detail === true && !alone) || (owners === true && !isOwner) || (root === true && group.parentId !== null))
      continue;
    shown[name] = group.attributes?.[name] ?? initial;
  }
  return { ...shown, emails_disabled: shown.emails_enabled !== true };
}
