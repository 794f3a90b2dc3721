import { GitLabError, isNotFound, lacksCall, notFound, type Client } from "../../client";
import type { Address } from "../../core/id";
import type { Definition } from "../../core/definition";
import { userInfo, withUserInfo } from "./url";
import { fieldsOf } from "../../core/schema";
import { isObject } from "../../core/json";
import { bodyOf, type Props, type Write } from "../../operations/state/request-body";
import type { RemoteObject } from "../../operations/api/remote-object";
import type { ResourceApi, Wrote } from "../../operations/api/resource-api";
import { isKey, objectIn, refusedWith } from "../../operations/api/answers";
import { objectPath, parentPath } from "../../operations/api/paths";

// https://docs.gitlab.com/api/project_pull_mirroring/

/** Parameters that GitLab takes under the same name in both ways. */
const options = [
  "mirror_trigger_builds",
  "only_mirror_protected_branches",
  "mirror_overwrites_diverged_branches",
  "mirror_branch_regex",
] as const;

function foundIn(values: Props): RemoteObject {
  const active = isText(values.url) || values.enabled === true;
  return { values, active, inherited: false };
}

/** Stars stand in a mirror's URL for the credentials that GitLab has: so much is known of them. */
function withPresence(mirror: Props): Props {
  if (!isText(mirror.url)) return mirror;
  const { user, password } = userInfo(mirror.url);
  // The user of an SSH address is part of the address, and says nothing of another one.
  const shown = /^ssh:/i.test(mirror.url) ? {} : { auth_user_present: user };
  return { ...mirror, ...shown, auth_password_present: password };
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

/** The mirror as the project's own attributes have it: of one that is off, nothing else tells. */
function ofProject(project: Props): Props {
  // Without the licence a project has no such attribute, though it may have been imported from somewhere.
  if (project.mirror === undefined) return {};
  const shown = Object.fromEntries(options.map((name) => [name, project[name]]));
  return { ...shown, enabled: project.mirror === true, url: project.import_url };
}

/** GitLab shows no mirror that is off. */
function isOff(error: unknown): boolean {
  return refusedWith(error, 400) && error.details.some((text) => /not mirrored/i.test(text));
}

/** Servers before 17.6 lack the call that sets a mirror, and some the one that shows it: the project tells instead. */
function isOnProject(error: unknown): boolean {
  return lacksCall(error) || isNotFound(error);
}

/** For `catch`: GitLab has no mirror to show, because it is off or because the server has no such call. */
function unseen(error: unknown): undefined {
  if (isOff(error) || isOnProject(error)) return undefined;
  throw error;
}

async function find(client: Client, definition: Definition, at: Address): Promise<RemoteObject | undefined> {
  const response = await client.get(objectPath(definition, at)).catch(unseen);
  const mirror = isObject(response?.body) ? response.body : undefined;
  if (mirror && "enabled" in mirror) return foundIn(withPresence(mirror));
  // Servers before 17.5 show a mirror without its settings.
  const path = parentPath(at);
  const answer = await client.get(path).catch(notFound);
  if (!answer) return undefined;
  const project = objectIn(answer, { method: "GET", path, what: "project" }, ({ id }) => isKey(id));
  return foundIn({ ...ofProject(project), ...(mirror ? { ...withPresence(mirror), enabled: true } : {}) });
}

/** With its URL, GitLab drops the credentials that are not sent along: those that the program does not know are to stay. */
function keepsUrl({ given, last }: Write): boolean {
  const isOthers = (name: string) => given[name] === undefined && last[`${name}Present`] !== false;
  return given.url === last.url && (isOthers("authUser") || isOthers("authPassword"));
}

/**
 * The requests of a write. GitLab takes a pattern and the restriction to protected branches not in one request, not even
 * to end one of them.
 */
function inTurn(definition: Definition, write: Write): Props[] {
  const body = bodyOf(definition, write, keepsUrl(write) ? ["url"] : []);
  const { only_mirror_protected_branches: only, mirror_branch_regex: pattern, ...rest } = body;
  if (only === undefined || pattern === undefined) return [body];
  const one = { only_mirror_protected_branches: only };
  const other = { mirror_branch_regex: pattern };
  const isOnlyNews =
    only === true || write.last.onlyMirrorProtectedBranches === true || isReset(write, "onlyMirrorProtectedBranches");
  if (!isOnlyNews) return [{ ...rest, ...other }];
  const isPatternNews =
    pattern !== "" || (write.last.mirrorBranchRegex ?? "") !== "" || isReset(write, "mirrorBranchRegex");
  if (!isPatternNews) return [{ ...rest, ...one }];
  return only === true ? [{ ...rest, ...other }, one] : [{ ...rest, ...one }, other];
}

/** Whether a field goes back to GitLab's default from a value that nobody knows. */
function isReset({ reset, last }: Write, name: string): boolean {
  return reset.includes(name) && last[name] === undefined;
}

async function put(
  client: Client,
  definition: Definition,
  at: Address,
  write: Write,
  wrote: Wrote,
): Promise<RemoteObject> {
  const parts = inTurn(definition, write);
  let values: Props = {};
  for (const [index, part] of parts.entries()) {
    const enabled = part.enabled === undefined ? {} : { enabled: part.enabled };
    values = { ...values, ...enabled, ...(await send(client, definition, at, part, write.given.url)) };
    const isLast = index === parts.length - 1;
    wrote(foundIn(values), isLast ? [] : ["onlyMirrorProtectedBranches", "mirrorBranchRegex"]);
  }
  return foundIn(values);
}

/** Writes a part of the settings, and hands back what GitLab shows of all of them. */
async function send(client: Client, definition: Definition, at: Address, part: Props, url: unknown): Promise<Props> {
  const where = objectPath(definition, at);
  try {
    const { body } = await client.put(where, part);
    return withPresence(isObject(body) ? body : {});
  } catch (error) {
    if (!isOnProject(error)) throw error;
  }
  // Servers before 17.6 have no such call, but attributes of the project.
  const { body } = await client.put(parentPath(at), asProject(part, url));
  const values = ofProject(isObject(body) ? body : {});
  if ("enabled" in values) return values;
  const hint = "Pull mirrors need GitLab Premium, and the role Maintainer in the project.";
  throw new GitLabError({ method: "PUT", path: where, status: 404, details: ["no pull mirrors here"], hint });
}

/** The same as attributes of the project, which has credentials in its URL and nowhere else. */
function asProject({ enabled, url, auth_user: user, auth_password: password, ...rest }: Props, own: unknown): Props {
  const address = user === undefined && password === undefined ? url : own;
  return {
    ...rest,
    ...(enabled === undefined ? {} : { mirror: enabled }),
    ...(isText(address) ? { import_url: withUserInfo(address, user, password) } : {}),
  };
}

/**
 * What was once set up and is off starts from the defaults, but for credentials: nobody could bring those back. GitLab does not show
 * its options meanwhile, so each is restated.
 */
function fromInactive(definition: Definition, write: Write, remote: RemoteObject | undefined): Write {
  if (!remote?.active || isRunning(remote)) return write;
  const options = [...fieldsOf(definition.fields).values()].filter(({ access }) => access === "readable");
  const unset = options.filter(({ name }) => write.given[name] === undefined);
  return { ...write, reset: [...write.reset, ...unset.map(({ name }) => name)] };
}

// What is off does nothing, and may be no more than where the project was imported from.
function isRunning({ values }: RemoteObject): boolean {
  return values.enabled === true;
}

/** Pull mirrors: settings of a project, which GitLab can switch off and not delete. */
export const pullMirrorApi: ResourceApi = {
  find,

  isSetUp: isRunning,

  create: (client, definition, at, write, remote, wrote) =>
    put(client, definition, at, fromInactive(definition, write, remote), wrote),

  update: put,

  async remove(client, definition, at) {
    try {
      await client.put(objectPath(definition, at), { enabled: false });
      return true;
    } catch (error) {
      if (isOff(error)) return false;
      if (!isOnProject(error)) throw error;
    }
    return (await client.put(parentPath(at), { mirror: false }).catch(notFound)) !== undefined;
  },
};
