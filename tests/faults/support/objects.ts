import type { Definition } from "../../../provider/core/definition";
import { definitionOf } from "../../contract/support/cases";
import type { Props } from "../../contract/support/managed-resource";
import type { ProviderFixture } from "../../contract/support/provider-fixture";
import { rowOf } from "../../contract/support/stored";

/** One kind of object that the matrix breaks things under. */
export interface Kind {
  readonly name: string;
  readonly definition: Definition;
  /** What the program says first. */
  readonly first: Props;
  /** What it says after a change, with something changed, something new and something removed. */
  readonly second: Props;
  /** Changes a managed field on GitLab behind the program's back. */
  readonly drift: (fixture: ProviderFixture, id: string) => unknown;
}

type Flags = Record<string, unknown>;

/** A part of the emulator's own row. */
function part(fixture: ProviderFixture, id: string, name: string): Flags {
  const row = rowOf(fixture, id);
  if (!row) throw new Error(`nothing is at ${id}`);
  return name === "" ? row : (row[name] as Flags);
}

/** The kinds of objects of a project. */
export const kinds: readonly Kind[] = [
  {
    name: "hook",
    definition: definitionOf("ProjectHook"),
    first: {
      url: "https://one.example.com/hook",
      token: "canary-token",
      customHeaders: { "X-Kept": "canary-kept", "X-Old": "canary-old" },
      issuesEvents: true,
      name: "one",
    },
    second: {
      url: "https://two.example.com/hook",
      token: "canary-token",
      customHeaders: { "X-Kept": "canary-other", "X-New": "canary-new" },
      issuesEvents: true,
      pushEvents: false,
    },
    drift: (fixture, id) => (part(fixture, id, "flags").issues_events = false),
  },
  {
    name: "integration",
    definition: definitionOf("integrations.Slack"),
    first: { webhook: "https://hooks.slack.com/services/canary/one", branchesToBeNotified: "all", pushEvents: false },
    second: { webhook: "https://hooks.slack.com/services/canary/two", pushEvents: false, noteEvents: false },
    drift: (fixture, id) => (part(fixture, id, "events").push = true),
  },
  {
    name: "push rule",
    definition: definitionOf("ProjectPushRule"),
    first: { commitMessageRegex: "^(feat|fix)", denyDeleteTag: true },
    second: { commitMessageRegex: "^(feat|fix|docs)", memberCheck: true },
    drift: (fixture, id) => (part(fixture, id, "values").deny_delete_tag = false),
  },
  {
    name: "notification",
    definition: definitionOf("ProjectNotificationSettings"),
    first: { level: "custom", newNote: true, failedPipeline: false },
    second: { level: "custom", newNote: false, newIssue: true },
    drift: (fixture, id) => (part(fixture, id, "events").new_note = false),
  },
  {
    name: "share",
    definition: definitionOf("ProjectShare"),
    first: { groupId: 11, groupAccess: "developer" },
    second: { groupId: 11, groupAccess: "reporter", expiresAt: "2099-12-31" },
    drift: (fixture, id) => {
      const project = fixture.sandbox.control.world.project(Number(/\d+/.exec(id)?.[0]));
      if (project) project.shares = (project.shares ?? []).map((share) => ({ ...share, access: 10 }));
    },
  },
];
