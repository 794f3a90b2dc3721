import { argumentsOf } from "../../../../provider/cli/import/model/arguments";
import { remoteResource } from "./support/remote-resources";

const hook = { id: 7, url: "https://ci.acme.dev", push_events: true, enable_ssl_verification: true };

function names(name: string, values: Readonly<Record<string, unknown>>): string[] {
  return [...argumentsOf(remoteResource(name, values)).given.keys()];
}

test("what is GitLab's own value is left out, and what is required stays", () => {
  expect(names("ProjectHook", { ...hook, tag_push_events: false, confidential_note_events: null, name: null })).toEqual(
    ["url"],
  );
  expect(names("ProjectHook", { ...hook, push_events: false, issues_events: true })).toEqual([
    "url",
    "pushEvents",
    "issuesEvents",
  ]);
});

test("a token that GitLab says is there is a secret, one that is not there is nothing, and else there is doubt", () => {
  const of = (present: unknown) => {
    const { given, doubtful } = argumentsOf(remoteResource("ProjectHook", { ...hook, token_present: present }));
    return [given.get("token")?.kind, doubtful.includes("token")];
  };
  expect(of(true)).toEqual(["secret", false]);
  expect(of(false)).toEqual([undefined, false]);
  expect(of(undefined)).toEqual([undefined, true]);
});

test("headers and variables are secrets by key", () => {
  const values = { ...hook, custom_headers: [{ key: "X-Team" }], url_variables: [] };
  const { given } = argumentsOf(remoteResource("ProjectHook", values));
  expect(given.get("customHeaders")).toEqual({ kind: "secrets", keys: ["X-Team"] });
  expect(given.has("urlVariables")).toBe(false);
});

test("a credential that GitLab returns is a secret all the same, and so is an address with a password", () => {
  const key = "-----BEGIN PRIVATE KEY-----";
  const { given } = argumentsOf(remoteResource("integrations.AppleAppStore", { app_store_private_key: key }));
  expect(given.get("appStorePrivateKey")).toEqual({ kind: "secret" });
  const url = "https://user:pass@ci.acme.dev/";
  expect(argumentsOf(remoteResource("ProjectHook", { ...hook, url })).given.get("url")).toEqual({ kind: "secret" });
});

test("a channel that GitLab shows in the place of an unset one is left out", () => {
  const values = { issue_channel: "#issues", confidential_issue_channel: "#issues", confidential_note_channel: "#own" };
  const given = names("integrations.Slack", values);
  expect(given).toContain("issueChannel");
  expect(given).not.toContain("confidentialIssueChannel");
  expect(given).toContain("confidentialNoteChannel");
});

test("event flags that an integration does not have are left out", () => {
  expect(names("integrations.ExternalWiki", { external_wiki_url: "https://w.acme.dev", job_events: true })).toEqual([
    "externalWikiUrl",
  ]);
});

test("while it inherits, only what is required is given", () => {
  const values = { channel: "#alerts", note_events: false };
  const { given } = argumentsOf(remoteResource("integrations.Slack", values, { inherited: true }));
  expect(Object.fromEntries(given)).toEqual({
    webhook: { kind: "secret" },
    useInheritedSettings: { kind: "plain", value: true },
  });
});
