// What gitbeaker does with the emulator: every call counts, and one passes when it comes back with what was asked for.
import { Blob } from "node:buffer";
import { readFileSync } from "node:fs";
import { Gitlab } from "@gitbeaker/rest";

const { GITLAB_URL: host, GITLAB_TOKEN: token, INTEGRATIONS: file } = process.env;
const api = new Gitlab({ host, token, camelize: false });
const integrations = JSON.parse(readFileSync(file, "utf8"));
const results = [];

/** Calls that gitbeaker itself gets wrong: they fail with GitLab too. */
const CLIENTS_FAULTS = {
  "SystemHooks.show": "it sends POST, which tests the hook",
  "ProjectRemoteMirrors.edit": "it sends POST where GitLab has PUT",
};

/** Makes one call and looks at what it brought; returns it, or nothing when the call failed. */
async function call(name, work, looksRight = () => true) {
  const fails = (problem) => results.push({ name, problem, fault: CLIENTS_FAULTS[name] });
  try {
    const result = await work();
    if (looksRight(result)) results.push({ name });
    else fails(`unexpected answer: ${JSON.stringify(result)?.slice(0, 200)}`);
    return result;
  } catch (problem) {
    fails(`${problem.message} ${problem.cause?.description ?? ""}`.trim());
    return undefined;
  }
}

const listed = (id) => (rows) => rows.some((row) => row.id === id);
const PROJECT = 42;
const GROUP = 9;
const URL = "https://hooks.example.com/a";

async function hooks(of, resource, parent) {
  const made = await call(
    `${of}.add`,
    () =>
      resource.add(parent, URL, {
        pushEvents: false,
        issuesEvents: true,
        token: "t",
        customHeaders: [{ key: "X-A", value: "1" }],
      }),
    (hook) => hook.push_events === false && hook.issues_events === true && hook.url === URL,
  );
  const id = made?.id;
  await call(`${of}.all`, () => resource.all(parent), listed(id));
  await call(
    `${of}.show`,
    () => resource.show(parent, id),
    (hook) => hook.id === id,
  );
  await call(
    `${of}.edit`,
    () => resource.edit(parent, id, `${URL}/b`, { noteEvents: true }),
    (hook) => hook.note_events,
  );
  await call(`${of}.remove`, () => resource.remove(parent, id));
}

async function systemHooks() {
  const resource = api.SystemHooks;
  const made = await call(
    "SystemHooks.create",
    () => resource.create(URL, { pushEvents: true, token: "t" }),
    (hook) => hook.push_events === true,
  );
  const id = made?.id;
  const second = await call("SystemHooks.add", () => resource.add(`${URL}/2`));
  await call("SystemHooks.all", () => resource.all(), listed(id));
  await call(
    "SystemHooks.show",
    () => resource.show(id),
    (hook) => hook.url === URL,
  );
  await call(
    "SystemHooks.test",
    () => resource.test(id),
    (event) => event.event_name === "project_create",
  );
  await call("SystemHooks.remove", () => resource.remove(id));
  await call("SystemHooks.remove another", () => resource.remove(second?.id));
}

async function everyIntegration() {
  const resource = api.Integrations;
  for (const [slug, body] of Object.entries(integrations)) {
    const isThis = (row) => row.slug === slug && row.active === true;
    await call(`Integrations.edit ${slug}`, () => resource.edit(PROJECT, slug, body), isThis);
    await call(`Integrations.show ${slug}`, () => resource.show(PROJECT, slug), isThis);
    await call(
      `Integrations.all with ${slug}`,
      () => resource.all(PROJECT),
      (rows) => rows.some(isThis),
    );
    await call(`Integrations.disable ${slug}`, () => resource.disable(PROJECT, slug));
  }
}

async function pushRules(of, resource, parent) {
  await call(
    `${of}.create`,
    () => resource.create(parent, { commitMessageRegex: "^A", memberCheck: true }),
    (rule) => rule.commit_message_regex === "^A" && rule.member_check,
  );
  await call(
    `${of}.show`,
    () => resource.show(parent),
    (rule) => rule.member_check === true,
  );
  await call(
    `${of}.edit`,
    () => resource.edit(parent, { maxFileSize: 5 }),
    (rule) => rule.max_file_size === 5,
  );
  await call(`${of}.remove`, () => resource.remove(parent));
}

async function notifications() {
  const resource = api.NotificationSettings;
  for (const [at, where] of [
    ["the user", {}],
    ["a project", { projectId: PROJECT }],
    ["a group", { groupId: GROUP }],
  ]) {
    await call(
      `NotificationSettings.show of ${at}`,
      () => resource.show(where),
      ({ level }) => typeof level === "string",
    );
    await call(
      `NotificationSettings.edit of ${at}`,
      () => resource.edit({ ...where, level: "custom", newNote: true }),
      ({ level, events }) => level === "custom" && events.new_note === true,
    );
    await call(
      `NotificationSettings.edit of ${at} back`,
      () => resource.edit({ ...where, level: "watch" }),
      ({ level, events }) => level === "watch" && events === undefined,
    );
  }
}

async function projects() {
  const resource = api.Projects;
  const made = await call(
    "Projects.create",
    () => resource.create({ name: "Größe", namespaceId: 11, topics: ["b", "a"] }),
    (project) => project.path === "grosse" && project.topics.join() === "a,b",
  );
  const id = made?.id;
  await call(
    "Projects.create for a user",
    () => resource.create({ userId: 1, name: "Theirs" }),
    (project) => project.path === "Theirs",
  );
  await call("Projects.all", () => resource.all({ perPage: 5 }), listed(id));
  await call(
    "Projects.all by keyset",
    () => resource.all({ pagination: "keyset", orderBy: "id", perPage: 3 }),
    listed(id),
  );
  await call("Projects.all simple", () => resource.all({ simple: true, pagination: "offset" }), listed(id));
  await call("Projects.search", () => resource.search("größe"), listed(id));
  await call(
    "Projects.show",
    () => resource.show(id, { license: true, statistics: true }),
    (project) => project.id === id && project.statistics !== undefined,
  );
  await call(
    "Projects.show by path",
    () => resource.show("globex/grosse"),
    (project) => project.id === id,
  );
  await call(
    "Projects.edit",
    () => resource.edit(id, { description: "d", mergeMethod: "ff", containerExpirationPolicyAttributes: { keepN: 5 } }),
    (project) => project.merge_method === "ff" && project.container_expiration_policy.keep_n === 5,
  );
  await call(
    "Projects.uploadAvatar",
    () => resource.uploadAvatar(id, { content: new Blob(["x"], { type: "image/png" }), filename: "a.png" }),
    (project) => project.avatar_url.endsWith("a.png"),
  );
  await call(
    "Projects.removeAvatar",
    () => resource.removeAvatar(id),
    (project) => project.avatar_url === null,
  );
  await call("Projects.uploadForReference", () =>
    resource.uploadForReference(PROJECT, { content: new Blob(["x"]), filename: "a.txt" }),
  );
  await peopleAndGroups(resource);
  await forks(resource);
  await call(
    "Projects.archive",
    () => resource.archive(id),
    (project) => project.archived === true,
  );
  await call(
    "Projects.unarchive",
    () => resource.unarchive(id),
    (project) => project.archived === false,
  );
  await call(
    "Projects.transfer",
    () => resource.transfer(id, GROUP),
    (project) => project.path_with_namespace === "acme/grosse",
  );
  await call("Projects.remove", () => resource.remove(id));
  await call("Projects.restore", () => resource.restore(id));
  await call(
    "Projects.show after restore",
    () => resource.show(id),
    (project) => project.path === "grosse",
  );
}

async function peopleAndGroups(resource) {
  await call("Projects.share", () => resource.share(PROJECT, 11, 30));
  await call("Projects.allGroups", () => resource.allGroups(PROJECT, { withShared: true }), listed(11));
  await call("Projects.allSharableGroups", () => resource.allSharableGroups(PROJECT));
  await call("Projects.unshare", () => resource.unshare(PROJECT, 11));
  await call("Projects.allUsers", () => resource.allUsers(PROJECT), listed(1));
  await call("Projects.allTransferLocations", () => resource.allTransferLocations(PROJECT), listed(11));
  await call("Projects.importProjectMembers", () => resource.importProjectMembers(PROJECT, 43));
  await call("Projects.star", () => resource.star(PROJECT));
  await call(
    "Projects.allStarrers",
    () => resource.allStarrers(PROJECT),
    (rows) => rows.length === 1,
  );
  await call("Projects.unstar", () => resource.unstar(PROJECT));
  await call(
    "Projects.showLanguages",
    () => resource.showLanguages(PROJECT),
    (languages) => languages.Shell > 0,
  );
  await call("Projects.housekeeping", () => resource.housekeeping(PROJECT, { task: "prune" }));
  await call(
    "Projects.allStoragePaths",
    () => resource.allStoragePaths(PROJECT),
    (storage) => storage.project_id === PROJECT,
  );
  await call(
    "Projects.downloadSnapshot",
    () => resource.downloadSnapshot(PROJECT),
    (blob) => blob.size > 0,
  );
}

async function forks(resource) {
  const fork = await call("Projects.fork", () =>
    resource.fork(PROJECT, { namespaceId: 11, name: "Fork", path: "fork" }),
  );
  await call("Projects.allForks", () => resource.allForks(PROJECT), listed(fork?.id));
  await call("Projects.removeForkRelationship", () => resource.removeForkRelationship(fork?.id));
  await call("Projects.createForkRelationship", () => resource.createForkRelationship(fork?.id, 43));
}

async function mirrors() {
  const remote = api.ProjectRemoteMirrors;
  const url = "https://joe:secret@git.example.com/a.git";
  const made = await call(
    "ProjectRemoteMirrors.createPushMirror",
    () => remote.createPushMirror(PROJECT, url, { enabled: true, keepDivergentRefs: true }),
    (mirror) => mirror.enabled && mirror.url === "https://*****:*****@git.example.com/a.git",
  );
  const id = made?.id;
  await call("ProjectRemoteMirrors.all", () => remote.all(PROJECT), listed(id));
  await call(
    "ProjectRemoteMirrors.show",
    () => remote.show(PROJECT, id),
    (mirror) => mirror.id === id,
  );
  await call(
    "ProjectRemoteMirrors.edit",
    () => remote.edit(PROJECT, id, { onlyProtectedBranches: true }),
    (mirror) => mirror.only_protected_branches,
  );
  await call("ProjectRemoteMirrors.sync", () => remote.sync(PROJECT, id));
  await call("ProjectRemoteMirrors.remove", () => remote.remove(PROJECT, id));
  await call(
    "Projects.edit to a pull mirror",
    () => api.Projects.edit(PROJECT, { mirror: true, importUrl: url, mirrorTriggerBuilds: true }),
    (project) => project.mirror && project.mirror_trigger_builds,
  );
  await call(
    "Projects.showPullMirror",
    () => api.Projects.showPullMirror(PROJECT),
    (mirror) => mirror.enabled,
  );
  // GitLab's call starts an update of a mirror that is there, whatever the client names it.
  await call("Projects.createPullMirror", () => api.Projects.createPullMirror(PROJECT, url, true));
  await call("ProjectRemoteMirrors.createPullMirror", () => remote.createPullMirror(PROJECT, url, true));
}

async function customAttributes(of, resource, parent) {
  const isSet = ({ key, value }) => key === "team" && value === "core";
  await call(`${of}.set`, () => resource.set(parent, "team", "core"), isSet);
  await call(`${of}.show`, () => resource.show(parent, "team"), isSet);
  await call(
    `${of}.all`,
    () => resource.all(parent),
    (rows) => rows.some(isSet),
  );
  await call(`${of}.remove`, () => resource.remove(parent, "team"));
}

async function groups() {
  const resource = api.Groups;
  const made = await call(
    "Groups.create",
    () => resource.create("New", "new", { projectCreationLevel: "noone", emailsEnabled: false, avatar: undefined }),
    (group) => group.project_creation_level === "noone" && group.emails_disabled === true,
  );
  const id = made?.id;
  await call("Groups.all", () => resource.all({ pagination: "offset" }), listed(id));
  await call("Groups.search", () => resource.search("new"), listed(id));
  await call(
    "Groups.show",
    () => resource.show(GROUP),
    (group) => group.projects.some(({ id }) => id === PROJECT) && group.two_factor_grace_period === 48,
  );
  await call(
    "Groups.edit",
    () => resource.edit(id, { description: "d", membershipLock: true, defaultBranchProtection: 1 }),
    (group) => group.membership_lock && group.default_branch_protection === 1,
  );
  await call("Groups.allSubgroups", () => resource.allSubgroups(GROUP), listed(10));
  await call("Groups.allDescendantGroups", () => resource.allDescendantGroups(GROUP, {}), listed(10));
  await call("Groups.allProjects", () => resource.allProjects(GROUP), listed(PROJECT));
  await call("Groups.remove", () => resource.remove(id));
}

async function instance() {
  await call(
    "License.show",
    () => api.License.show(),
    ({ plan }) => plan === "ultimate",
  );
  await call(
    "License.all",
    () => api.License.all(),
    (rows) => rows.length === 1,
  );
  await call(
    "Metadata.show",
    () => api.Metadata.show(),
    ({ enterprise, kas }) => enterprise === true && kas.enabled === false,
  );
  await call(
    "Users.showCurrentUser",
    () => api.Users.showCurrentUser(),
    ({ username }) => username === "root",
  );
  await call(
    "Namespaces.show",
    () => api.Namespaces.show("acme"),
    ({ id }) => id === GROUP,
  );
  await call(
    "Topics.all",
    () => api.Topics.all(),
    (rows) => rows.length === 2,
  );
}

await hooks("ProjectHooks", api.ProjectHooks, PROJECT);
await hooks("GroupHooks", api.GroupHooks, GROUP);
await systemHooks();
await everyIntegration();
await pushRules("ProjectPushRules", api.ProjectPushRules, PROJECT);
await pushRules("GroupPushRules", api.GroupPushRules, GROUP);
await notifications();
await projects();
await mirrors();
await customAttributes("ProjectCustomAttributes", api.ProjectCustomAttributes, PROJECT);
await customAttributes("GroupCustomAttributes", api.GroupCustomAttributes, GROUP);
await groups();
await instance();
process.stdout.write(JSON.stringify(results));
