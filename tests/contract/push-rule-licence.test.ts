import type { Feature } from "gitlab-sandbox";
import { startGitLab, type GitLabFixture } from "./support/gitlab-fixture";

let gitlab: GitLabFixture;

afterEach(async () => {
  await gitlab.stop();
});

const levels = [
  { name: "ProjectPushRule", args: { project: "acme/shop" }, path: "/projects/42/push_rule" },
  { name: "GroupPushRule", args: { group: "acme" }, path: "/groups/9/push_rule" },
];

/** A licence with push rules but without these features. */
function without(...lacking: Feature[]): Feature[] {
  const all: Feature[] = [
    "push_rules",
    "commit_committer_check",
    "commit_committer_name_check",
    "reject_unsigned_commits",
    "reject_non_dco_commits",
  ];
  return all.filter((feature) => !lacking.includes(feature));
}

describe.each(levels)("$name", ({ name, args, path }) => {
  test("names the rules that the licence may lack, and leaves out those that are to be off", async () => {
    gitlab = await startGitLab({ licence: without("reject_unsigned_commits", "reject_non_dco_commits") });
    const rules = gitlab.resource(name);
    const failure = rules.up({ ...args, preventSecrets: true, rejectUnsignedCommits: true, rejectNonDcoCommits: true });
    await expect(failure).rejects.toThrow(
      new RegExp(
        `^POST ${path}: 403 Forbidden\\. .*keep back: rejectUnsignedCommits, rejectNonDcoCommits\\. Remove them`,
      ),
    );
    expect(gitlab.sandbox.control.objects().pushRules).toBe(0);

    const mixed = rules.up({ ...args, rejectUnsignedCommits: true, rejectNonDcoCommits: false });
    await expect(mixed).rejects.toThrow(/keep back: rejectUnsignedCommits\. Remove it/);

    const allowed = { ...args, preventSecrets: true, commitCommitterCheck: true, rejectUnsignedCommits: false };
    expect(await rules.up(allowed)).toBe("create");
    expect(await gitlab.messages(1)).toEqual([
      // GitLab does not say which of them it refused, so each that is to be off is left out.
      expect.stringMatching(/^warning: .*push_rule: GitLab refuses to set rejectUnsignedCommits here/),
    ]);
    expect((await gitlab.api("GET", path)).json).toMatchObject({ prevent_secrets: true, commit_committer_check: true });
    expect(await rules.up(allowed)).toBe("same");
    await rules.refresh();
    expect(await rules.up(allowed)).toBe("same");
    await expect(rules.up({ ...allowed, rejectUnsignedCommits: true })).rejects.toThrow(/^PUT .*rejectUnsignedCommits/);
  });

  test("removing a rule that the licence has lost since is no failure", async () => {
    gitlab = await startGitLab();
    const rules = gitlab.resource(name);
    await rules.up({ ...args, denyDeleteTag: true, rejectUnsignedCommits: true, maxFileSize: 5 });
    gitlab.sandbox.control.configure({ licence: without("reject_unsigned_commits") });
    expect(await rules.up({ ...args, denyDeleteTag: true })).toBe("update");
    expect((await gitlab.api("GET", path)).json).toMatchObject({ deny_delete_tag: true, max_file_size: 0 });
    expect(await gitlab.messages(1)).toEqual([
      expect.stringMatching(
        /^warning: .*push_rule: GitLab refuses to set rejectUnsignedCommits here, even to its own default/,
      ),
    ]);
    expect(await rules.up({ ...args, denyDeleteTag: true })).toBe("same");
    gitlab.sandbox.control.configure({ licence: without() });
    await rules.up({ ...args, rejectUnsignedCommits: true });
    gitlab.sandbox.control.configure({ licence: without("reject_unsigned_commits") });
    // Nothing but the refused rule is left to send.
    expect(await rules.up({ ...args })).toBe("update");
    expect(await rules.up({ ...args })).toBe("same");
  });

  test("a rule that is removed is reset, every rule settles, on and off", async () => {
    gitlab = await startGitLab();
    const rules = gitlab.resource(name);
    const flags = [
      "denyDeleteTag",
      "memberCheck",
      "preventSecrets",
      "commitCommitterCheck",
      "commitCommitterNameCheck",
      "rejectUnsignedCommits",
      "rejectNonDcoCommits",
    ];
    const patterns = {
      commitMessageRegex: "^(feat|fix)",
      commitMessageNegativeRegex: "ssh://",
      branchNameRegex: "^x/",
      authorEmailRegex: "@acme\\.example$",
      fileNameRegex: "\\.jar$",
      maxFileSize: 5,
    };
    for (const value of [true, false]) {
      const wanted = { ...args, ...patterns, ...Object.fromEntries(flags.map((flag) => [flag, value])) };
      await rules.up(wanted);
      expect(await rules.up(wanted)).toBe("same");
      await rules.refresh();
      expect(await rules.up(wanted)).toBe("same");
    }
    expect(await rules.up({ ...args, memberCheck: false })).toBe("update");
    expect((await gitlab.api("GET", path)).json).toMatchObject({
      commit_message_regex: "",
      branch_name_regex: "",
      max_file_size: 0,
    });
    await rules.destroy();
    expect(gitlab.sandbox.control.objects().pushRules).toBe(0);
  });

  test("takes over rules that are there already, and keeps what it does not name", async () => {
    gitlab = await startGitLab();
    await gitlab.api("POST", path, { member_check: true, max_file_size: 3 });
    const rules = gitlab.resource(name);
    await rules.up({ ...args, preventSecrets: true });
    expect((await gitlab.api("GET", path)).json).toMatchObject({
      member_check: true,
      max_file_size: 3,
      prevent_secrets: true,
    });
    await gitlab.api("DELETE", path);
    // Deleted behind our back, and nobody refreshed.
    expect(await rules.up({ ...args, preventSecrets: true, memberCheck: true })).toBe("update");
    expect((await gitlab.api("GET", path)).json).toMatchObject({ prevent_secrets: true, member_check: true });
  });
});

test("a group's rules that are made between looking and making are edited", async () => {
  gitlab = await startGitLab();
  await gitlab.api("POST", "/groups/9/push_rule", { member_check: true });
  gitlab.sandbox.control.addFault({ method: "GET", path: "/groups/9/push_rule$", status: 404 });
  const rules = gitlab.resource("GroupPushRule");
  await rules.up({ group: 9, denyDeleteTag: true });
  expect(gitlab.requests()).toEqual([
    "POST /groups/9/push_rule",
    "GET /groups/9",
    "GET /groups/9/push_rule",
    "POST /groups/9/push_rule",
    "PUT /groups/9/push_rule",
  ]);
});

test("a group's 404 lets the rules go with a warning, and a deletion that finds none succeeds with one", async () => {
  gitlab = await startGitLab();
  const rules = gitlab.resource("GroupPushRule");
  await rules.up({ group: 9, denyDeleteTag: true });
  const [id, outputs] = [rules.id, rules.outputs];
  await gitlab.api("DELETE", "/groups/9/push_rule");
  await gitlab.restartProcess();
  expect(await rules.refresh()).toBe("gone");
  expect(await gitlab.messages(1)).toEqual([
    expect.stringMatching(
      /^warning: groups\/9\/push_rule: removed from state: not found on GitLab\. .* lost the role Owner/,
    ),
  ]);
  await gitlab.process().delete(id, outputs);
  expect(await gitlab.messages(1)).toEqual([
    expect.stringMatching(/^warning: groups\/9\/push_rule: already gone from GitLab, nothing to delete\. /),
  ]);
});

test("a group that the token no longer sees keeps its rules in state; a project's rules go without a warning", async () => {
  gitlab = await startGitLab();
  const group = gitlab.resource("GroupPushRule");
  await group.up({ group: 9, denyDeleteTag: true });
  const project = gitlab.resource("ProjectPushRule");
  await project.up({ project: 42, denyDeleteTag: true });
  await gitlab.api("DELETE", "/projects/42/push_rule");
  await gitlab.restartProcess();
  expect(await project.refresh()).toBe("gone");
  gitlab.sandbox.control.addFault({ path: "/groups/9", times: 2, status: 404 });
  expect(await group.refresh()).toBe("there");
  expect(await gitlab.messages(1)).toEqual([expect.stringMatching(/^warning: groups\/9\/push_rule: kept in state/)]);
});

test("a failure while looking for rules is not taken for none", async () => {
  gitlab = await startGitLab();
  gitlab.sandbox.control.addFault({ method: "GET", path: "/push_rule$", times: 2, status: 403 });
  for (const [name, args] of [
    ["ProjectPushRule", { project: 42 }],
    ["GroupPushRule", { group: 9 }],
  ] as const) {
    await expect(gitlab.resource(name).up({ ...args, denyDeleteTag: true })).rejects.toThrow(/^GET .*push_rule: 403/);
  }
  expect(gitlab.requests().filter((request) => !request.startsWith("GET"))).toEqual([]);
});

test("a role that is too low reads as what it is", async () => {
  gitlab = await startGitLab({ tokens: [{ token: "developer", role: "developer" }] }, { "gitlab:token": "developer" });
  await expect(gitlab.resource("ProjectPushRule").up({ project: 42, denyDeleteTag: true })).rejects.toThrow(
    /403 Forbidden\. .*Maintainer/,
  );
  await expect(gitlab.resource("GroupPushRule").up({ group: 9, denyDeleteTag: true })).rejects.toThrow(/404 .*Owner/);
});

test("lengths are found in the preview, patterns are left to GitLab", async () => {
  gitlab = await startGitLab();
  const rules = gitlab.resource("GroupPushRule");
  await expect(rules.up({ group: 9, commitMessageRegex: "x".repeat(512) })).rejects.toThrow(
    "commitMessageRegex: must have at most 511 characters",
  );
  await expect(rules.up({ group: 9, maxFileSize: -1 })).rejects.toThrow("maxFileSize: must be between 0 and");
  expect(await rules.up({ group: 9, commitMessageNegativeRegex: "x".repeat(2047), branchNameRegex: "(?i)^A" })).toBe(
    "create",
  );
});
