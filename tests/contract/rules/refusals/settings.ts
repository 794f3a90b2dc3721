import { pattern, type RuleCase } from "./rule";

const hook = { url: "https://ci.example.com/hook" };
const mirror = { url: "https://git.example.com/shop.git" };

/** Of hooks. */
export const hooks: readonly RuleCase[] = [
  {
    of: "ProjectHook",
    rule: "each placeholder has a variable",
    base: {},
    wrong: ["{key}", "{a1}", "{a-b.c_1}"].map((name) => ({ url: `${hook.url}/${name}` })),
    // What GitLab takes for no variable is a part of the URL.
    right: ["{a1b}", "{1a}", "{a--b}", "{}", "{ä}", "{a_}"].map((name) => ({ url: `${hook.url}/${name}` })),
    names: "url",
  },
  {
    of: "ProjectHook",
    rule: "a URL that can be called once its variables are filled in",
    base: {},
    wrong: [
      { url: "https://{host}/x", urlVariables: { host: "a b" } },
      { url: "https://ci.example.com:{port}/", urlVariables: { port: "none" } },
      { url: "{base}/x", urlVariables: { base: "ftp://ci.example.com" } },
    ],
    right: [
      { url: "https://{host}/x", urlVariables: { host: "ci.example.com" } },
      { url: "https://ci.example.com:{port}/", urlVariables: { port: "8443" } },
      { url: "{base}/x", urlVariables: { base: hook.url } },
    ],
    names: "urlVariables",
  },
  {
    of: "GroupHook",
    rule: "a wildcard is the name of a branch",
    base: hook,
    wrong: [
      "a b",
      "a..b",
      "-a",
      "a.",
      "a//b",
      "/a",
      "a/",
      ".a",
      "a.lock",
      "a~b",
      "a^b",
      "a:b",
      "a?b",
      "a[b",
      "a\\b",
      "a@{b",
    ].map((pushEventsBranchFilter) => ({ pushEventsBranchFilter })),
    right: ["*", "release/*", "*-stable", "é/1.0", ""].map((pushEventsBranchFilter) => ({ pushEventsBranchFilter })),
    names: "pushEventsBranchFilter",
  },
  pattern("ProjectHook", "pushEventsBranchFilter", { ...hook, branchFilterStrategy: "regex" }),
];

/** Of push rules, mirrors and shares. */
export const settings: readonly RuleCase[] = [
  ...["commitMessageRegex", "commitMessageNegativeRegex", "branchNameRegex", "authorEmailRegex", "fileNameRegex"].map(
    (name) => pattern("ProjectPushRule", name, { maxFileSize: 1 }),
  ),
  pattern("GroupPushRule", "commitMessageRegex", { maxFileSize: 1 }),
  { ...pattern("ProjectPullMirror", "mirrorBranchRegex", mirror), isOnlyHere: true },
  {
    of: "ProjectPullMirror",
    rule: "a branch pattern of at most 255 characters",
    base: mirror,
    wrong: [{ mirrorBranchRegex: "a".repeat(256) }],
    right: [{ mirrorBranchRegex: "a".repeat(255) }],
    names: "mirrorBranchRegex",
    isOnlyHere: true,
  },
  {
    of: "ProjectPullMirror",
    rule: "a port of Git's, and a user that is one",
    base: {},
    wrong: [
      { url: "https://git.example.com:81/x" },
      { url: "ssh://git@git.example.com:23/x" },
      { url: "ssh://-o@x.com/x" },
    ],
    right: [{ url: "https://git.example.com:8443/x" }, { url: "ssh://git@git.example.com:22/x" }],
    names: "url",
    isOnlyHere: true,
  },
  {
    of: "ProjectShare",
    rule: "a group that the project is not in",
    base: { groupAccess: "developer" },
    wrong: [{ groupId: "acme" }, { groupId: "Acme" }],
    right: [{ groupId: "globex" }, { groupId: "ac" }],
    names: "groupId",
    isOnlyHere: true,
  },
];
