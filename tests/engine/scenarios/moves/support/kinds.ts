import type { Sandbox } from "gitlab-sandbox";

type World = Sandbox["control"]["world"];
type Args = Readonly<Record<string, unknown>>;

/** An object on GitLab. */
export interface Row {
  /** What is the same as long as it is the same object; a number that only a new object gets. */
  readonly number: number;
  /** What a program can say of it. */
  readonly values: unknown;
}

/** A kind of resource, each with a project of its own. */
export interface Kind {
  readonly name: string;
  /** The class in a program, after `gitlab.`. */
  readonly className: string;
  /** The arguments of each of its objects, in a project. */
  readonly args: (project: string) => readonly Args[];
  /** Whether the objects are in one fleet to begin with. */
  readonly isFleet?: true;
  /** Whether there are fleets of it. */
  readonly isFleetable: boolean;
  /** Where there is only one in a project: what follows the project in its ID. */
  readonly slot?: string;
  /** Whether every program names it with `import`, the first one too. */
  readonly isImported?: true;
  /** The objects that GitLab has in the project of that number. */
  readonly rows: (world: World, project: number) => readonly Row[];
  /** What every one of them is to have. */
  readonly values: unknown;
}

const isIn =
  (project: number) =>
  ({ scope }: { scope: { kind: string; id: number } }): boolean =>
    scope.kind === "project" && scope.id === project;

const hooksIn: Kind["rows"] = ({ state }, project) =>
  state.hooks.filter(isIn(project)).map(({ id, url, flags }) => ({
    number: id,
    values: { path: new URL(url).pathname.replace(/\d/, ""), tags: flags.tag_push_events },
  }));

const hook = {
  className: "ProjectHook",
  args: (project: string) => [{ project, url: "https://ci.example.com/hook", tagPushEvents: true }],
  isFleetable: true,
  rows: hooksIn,
  values: { path: "/hook", tags: true },
};

/** Every kind, by its name. */
export const kinds: readonly Kind[] = [
  { name: "hook", ...hook },
  { name: "imported-hook", ...hook, isImported: true },
  {
    name: "fleet",
    ...hook,
    args: (project) => [1, 2, 3].map((nth) => ({ ...hook.args(project)[0], url: `https://ci.example.com/hook${nth}` })),
    isFleet: true,
  },
  {
    name: "integration",
    className: "integrations.Slack",
    args: (project) => [{ project, webhook: "https://hooks.slack.com/services/1", channel: "#shop" }],
    isFleetable: true,
    slot: "integrations/slack",
    rows: ({ state }, project) =>
      state.integrations
        .filter((row) => isIn(project)(row) && row.active)
        .map(({ id, values: { webhook, channel } }) => ({ number: id, values: { webhook, channel } })),
    values: { webhook: "https://hooks.slack.com/services/1", channel: "#shop" },
  },
  {
    name: "push-rule",
    className: "ProjectPushRule",
    args: (project) => [{ project, denyDeleteTag: true, maxFileSize: 7 }],
    isFleetable: true,
    slot: "push_rule",
    rows: ({ state }, project) =>
      state.pushRules.filter(isIn(project)).map(({ id, values: { deny_delete_tag, max_file_size } }) => ({
        number: id,
        values: { deny_delete_tag, max_file_size },
      })),
    values: { deny_delete_tag: true, max_file_size: 7 },
  },
  {
    name: "notification",
    className: "ProjectNotificationSettings",
    args: (project) => [{ project, level: "watch" }],
    isFleetable: true,
    slot: "notification_settings",
    rows: ({ state }, project) =>
      state.notifications
        .filter((row) => isIn(project)(row) && row.level !== "global")
        .map(({ level }) => ({ number: 0, values: { level } })),
    values: { level: "watch" },
  },
  {
    name: "share",
    className: "ProjectShare",
    args: (project) => [{ project, groupId: 11, groupAccess: "developer" }],
    isFleetable: true,
    slot: "share/11",
    rows: (world, project) =>
      (world.project(project)?.shares ?? []).map(({ id, groupId, access }) => ({
        number: id,
        values: { groupId, access },
      })),
    values: { groupId: 11, access: 30 },
  },
  {
    name: "fork-relation",
    className: "ProjectForkRelation",
    args: (project) => [{ project, forkedFrom: "acme/shop" }],
    isFleetable: false,
    slot: "fork",
    rows: (world, project) => {
      const { forkedFromId } = world.project(project) ?? {};
      return forkedFromId === undefined ? [] : [{ number: 0, values: { forkedFromId } }];
    },
    values: { forkedFromId: 42 },
  },
  {
    name: "pull-mirror",
    className: "ProjectPullMirror",
    args: (project) => [{ project, url: "https://git.example.com/shop.git", mirrorTriggerBuilds: true }],
    isFleetable: false,
    slot: "mirror/pull",
    rows: (world, project) => {
      const { importUrl, mirror } = world.project(project) ?? {};
      if (mirror?.enabled !== true) return [];
      return [{ number: mirror.id, values: { importUrl, triggerBuilds: mirror.triggerBuilds } }];
    },
    values: { importUrl: "https://git.example.com/shop.git", triggerBuilds: true },
  },
  {
    name: "project",
    className: "Project",
    args: () => [{ namespace: "acme", path: "managed", description: "made by a program" }],
    isFleetable: false,
    slot: "",
    rows: ({ state }) =>
      state.projects
        .filter(({ path, markedForDeletionOn }) => path === "managed" && markedForDeletionOn === null)
        .map(({ id, description, archived }) => ({ number: id, values: { description, archived } })),
    values: { description: "made by a program", archived: false },
  },
];
