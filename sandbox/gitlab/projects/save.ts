import { ApiError, forbidden, message, notFound } from "../http/answer";
import type { Call } from "../http/call";
import { Upload } from "../http/params";
import { LEVELS } from "../world/access";
import { createProject, moveProject } from "../world/namespaces";
import type { Group, Owner, User, Visibility } from "../world/entities";
import type { World } from "../world/world";
import { attribute, changedAttributes, storeAttributes, type Given } from "./attributes";
import { newJob } from "./jobs";
import { checkImportUrl, storeImportUrl, storeMirror } from "./mirror";
import { checkFree, checkPath, nameAndPath } from "./paths";
import type { AttributeValue, Project } from "./row";
import { checkAvatar, checkLevels, checkValues, checkVisibility } from "./validation";

const TEMPLATES = ["rails", "spring", "express", "dotnetcore", "go_micro", "hugo", "jekyll", "plainhtml", "sample"];

/** Makes the project a request asks for. Raises 400, 403 and 404 as GitLab does, and then leaves everything as it was. */
export function createFrom(call: Call, given: Given, creator: User): Project {
  const { world } = call;
  const { name, path } = nameAndPath(given);
  const owner = ownerFor(call, given.namespace_id as number | null | undefined, creator);
  checkSources(call, given);
  checkLimit(world, owner);
  const changed = changedAttributes(undefined, given);
  checkAll(call, { ...given, name }, changed, owner);
  checkFree(world, owner, name, path);
  if (given.mirror === true && !isText(given.import_url)) throw message(400, { import_url: ["can't be blank"] });
  const isImport = isText(given.import_url) || isText(given.template_name) || given.template_project_id != null;
  const hasReadme = given.initialize_with_readme === true && !isImport;
  const branch = (given.default_branch as string | null | undefined) ?? "main";
  const project = createProject(world, {
    name,
    path,
    owner,
    creatorId: creator.id,
    description: (given.description as string | null | undefined) ?? null,
    visibility: (given.visibility as Visibility | null | undefined) ?? "private",
    topics: topicsOf(world, given) ?? [],
    // Without a first commit there is no branch to show.
    defaultBranch: hasReadme || isImport ? branch : "main",
    hasContent: hasReadme,
  });
  if (branch !== project.defaultBranch) project.unbornBranch = branch;
  world.addTopics(project.topics);
  storeAttributes(project, changed);
  if (isImport) project.job = newJob(world, "import");
  if (isText(given.import_url)) storeImportUrl(project, given.import_url);
  storeMirror(world, creator.id, project, given);
  storeAvatar(project, given);
  return project;
}

/** Changes a project as a request asks. Raises 400 as GitLab does, and then leaves everything as it was. */
export function editFrom(call: Call, project: Project, given: Given): void {
  const { world } = call;
  const name = (given.name as string | null | undefined)?.trim() ?? project.name;
  const path = (given.path as string | null | undefined) ?? project.path;
  const changed = changedAttributes(project, given);
  if (path !== project.path) checkPath(path);
  checkAll(call, { ...given, name }, changed, project.owner, project);
  if (name !== project.name || path !== project.path) checkFree(world, project.owner, name, path, project);
  storeBranch(project, given);
  if (isText(given.import_url)) storeImportUrl(project, given.import_url);
  else if (given.import_url !== undefined) forgetImport(project);
  storeMirror(world, call.user.id, project, given);
  moveProject(world, project, () => {
    project.path = path;
  });
  project.name = name;
  if (given.description !== undefined) project.description = given.description as string | null;
  project.visibility = (given.visibility as Visibility | null | undefined) ?? project.visibility;
  project.topics = topicsOf(world, given) ?? project.topics;
  world.addTopics(project.topics);
  storeAttributes(project, changed);
  storeAvatar(project, given);
  project.updatedAt = world.now();
}

/** The namespace a request names, the user's own when it names none. Raises 403 and 404. */
export function ownerFor(call: Call, namespaceId: number | null | undefined, user: User): Owner {
  if (namespaceId === null || namespaceId === undefined) return { kind: "user", id: user.id };
  const group = call.world.group(namespaceId);
  if (group !== undefined && call.sees(call.world.groupPath(group), group.visibility)) {
    if (call.level(call.world.groupPath(group)) < LEVELS.developer) throw forbidden();
    return { kind: "group", id: group.id };
  }
  if (namespaceId !== user.id) throw notFound("Namespace");
  return { kind: "user", id: user.id };
}

/** Raises 403 when a user's namespace may hold no further project. */
export function checkLimit(world: World, owner: Owner): void {
  const limit = world.settings.projectsLimit;
  if (owner.kind !== "user" || world.projects.of(owner).length < limit) return;
  const text = `Your project limit is ${limit} projects! Please contact your administrator to increase it`;
  throw new ApiError(403, { error: [text] });
}

function checkSources(call: Call, given: Given): void {
  const { importSources } = call.world.settings;
  if (isText(given.import_url) && !importSources.includes("git")) throw forbidden();
  const { template_name: template, use_custom_template: isCustom } = given;
  if (isText(template) && isCustom !== true && !TEMPLATES.includes(template)) {
    throw message(400, { template_name: [`'${template}' is unknown or invalid`] });
  }
}

function checkAll(
  call: Call,
  given: Given,
  changed: Readonly<Record<string, AttributeValue>>,
  owner: Owner,
  project?: Project,
): void {
  const { world } = call;
  checkValues({ ...given, ...changed });
  if (changed.mr_default_target_self === true && project?.forkedFromId === undefined) {
    throw message(400, {
      "project_setting.mr_default_target_self": ["This setting is allowed for forked projects only"],
    });
  }
  checkLevels((name) => changed[name] ?? (project === undefined ? null : attribute(project, name)));
  if (given.avatar instanceof Upload) checkAvatar(given.avatar);
  if (isText(given.import_url)) checkImportUrl(world, given.import_url);
  const visibility = given.visibility as Visibility | null | undefined;
  if (visibility === undefined || visibility === null || visibility === project?.visibility) return;
  const group: Group | undefined = owner.kind === "group" ? world.group(owner.id) : undefined;
  const source = project?.forkedFromId === undefined ? undefined : world.project(project.forkedFromId)?.visibility;
  const isAdmin = call.token.role === "admin";
  checkVisibility(visibility, {
    restricted: isAdmin ? [] : world.settings.restrictedVisibilityLevels,
    group,
    source,
  });
}

function storeBranch(project: Project, given: Given): void {
  const branch = given.default_branch as string | null | undefined;
  if (branch === undefined || branch === null || branch === project.defaultBranch) return;
  if (!project.hasContent || project.branches?.includes(branch) !== true) {
    throw message(400, { base: [`Could not change HEAD: branch '${branch}' does not exist`] });
  }
  project.branches = [project.defaultBranch, ...project.branches.filter((other) => other !== branch)];
  project.defaultBranch = branch;
}

function storeAvatar(project: Project, { avatar }: Given): void {
  if (avatar instanceof Upload) {
    project.avatar = { name: avatar.name, type: avatar.type, content: avatar.content.toString("base64") };
  } else if (avatar === null) {
    delete project.avatar;
  }
}

function forgetImport(project: Project): void {
  delete project.importUrl;
  delete project.importCredentials;
}

// An entry may hold several topics; one that the instance has in another spelling is that one.
function topicsOf(world: World, given: Given): string[] | undefined {
  const topics = (given.topics ?? given.tag_list) as readonly string[] | null | undefined;
  if (topics === undefined) return given.topics === null || given.tag_list === null ? [] : undefined;
  const names = (topics ?? []).flatMap((entry) => entry.split(",")).map((name) => name.trim());
  const byKey = new Map(
    names
      .filter((name) => name !== "")
      .map((name) => [name.toLowerCase(), name] as const)
      .reverse(),
  );
  return [...byKey].map(([key, name]) => world.topicNamed(key) ?? name).sort();
}

const isText = (value: unknown): value is string => typeof value === "string" && value !== "";
