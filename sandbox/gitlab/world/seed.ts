import type { Group, Owner } from "./entities";
import type { Project } from "../projects/row";
import type { State } from "./state";

const CREATED_AT = "2025-01-15T09:30:00.000Z";

const ROOT = { id: 1, username: "root", name: "Administrator", email: "root@example.com", admin: true } as const;

const GROUPS: readonly (readonly [id: number, path: string, parentId: number | null])[] = [
  [9, "acme", null],
  [10, "platform", 9],
  [11, "globex", null],
];

const PROJECTS: readonly (readonly [id: number, owner: Owner, path: string])[] = [
  [42, { kind: "group", id: 9 }, "shop"],
  [43, { kind: "group", id: 9 }, "web"],
  [44, { kind: "group", id: 9 }, "api"],
  [45, { kind: "group", id: 10 }, "gateway"],
  [46, { kind: "group", id: 10 }, "auth"],
  [47, { kind: "group", id: 11 }, "site"],
  [48, { kind: "group", id: 11 }, "billing"],
  [49, { kind: "user", id: ROOT.id }, "dotfiles"],
];

/** The state of a fresh sandbox: groups `acme`, `acme/platform` and `globex` with projects, and `root/dotfiles`. */
export function seed(): State {
  return {
    lastIds: { user: ROOT.id, group: 11, project: 49, hook: 0, integration: 0, push_rule: 0, hook_event: 0 },
    users: [{ ...ROOT, createdAt: CREATED_AT }],
    groups: GROUPS.map(([id, path, parentId]) => seedGroup(id, path, parentId)),
    projects: PROJECTS.map(([id, owner, path]) => seedProject(id, owner, path)),
    formerPaths: {},
    hooks: [],
    integrations: [],
    pushRules: [],
    notifications: [],
  };
}

function seedGroup(id: number, path: string, parentId: number | null): Group {
  return { id, name: title(path), path, description: "", visibility: "private", parentId, createdAt: CREATED_AT };
}

function seedProject(id: number, owner: Owner, path: string): Project {
  return {
    id,
    name: title(path),
    path,
    owner,
    description: null,
    visibility: "private",
    defaultBranch: "main",
    topics: [],
    archived: false,
    createdAt: CREATED_AT,
    updatedAt: CREATED_AT,
    creatorId: ROOT.id,
    markedForDeletionOn: null,
    hasContent: true,
    branches: ["develop"],
    languages: { TypeScript: 81.42, Shell: 18.58 },
  };
}

function title(path: string): string {
  return path.charAt(0).toUpperCase() + path.slice(1);
}
