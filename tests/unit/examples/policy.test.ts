import type { ResourceValidationArgs } from "@pulumi/policy";
import { policies } from "../../../examples/policy/rules";
import { definitionsByName } from "../../../provider/resources/definitions";
import { typeToken } from "../../../provider/core/definition";

const secret = "canary-9c2f";

/** What each rule says about a resource, by the rule's name. */
function violations(type: string, props: Record<string, unknown>, config: object = {}): Record<string, string[]> {
  const said: Record<string, string[]> = {};
  for (const { name, validateResource, configSchema } of policies) {
    const properties = Object.entries(configSchema?.properties ?? {});
    const defaults = properties.map(([key, { default: value }]) => [key, value as unknown] as const);
    const args = {
      type: `pulumi-nodejs:dynamic/gitlab${type}`,
      props,
      getConfig: () => ({ ...Object.fromEntries(defaults), ...config }),
    } as unknown as ResourceValidationArgs;
    const report = (message: unknown): void => {
      (said[name.replace(/^gitlab-/, "")] ??= []).push(String(message));
    };
    if (typeof validateResource === "function") void validateResource(args, report);
  }
  expect(JSON.stringify(said)).not.toContain(secret);
  return said;
}

const good = { project: "acme/shop", url: "https://a.example.com", token: secret };

test.each([":ProjectHook", ":GroupHook"])("%s needs https, a token, and verified certificates", (type) => {
  expect(violations(type, good)).toEqual({});
  expect(violations(type, { ...good, token: undefined, signingToken: secret })).toEqual({});
  expect(violations(type, { ...good, url: "HTTPS://a.example.com", enableSslVerification: true })).toEqual({});
  const bad = { project: 42, url: `http://${secret}`, token: "", enableSslVerification: false };
  expect(Object.keys(violations(type, bad))).toEqual([
    "hooks-use-https",
    "hooks-have-token",
    "certificates-are-verified",
  ]);
});

test.each([secret, ` https://a`, "httpsx://a", "{scheme}://a", "http://https://a", undefined, null])(
  "the address %j is not https",
  (url) => {
    expect(Object.keys(violations(":ProjectHook", { ...good, url }))).toEqual(["hooks-use-https"]);
  },
);

test("integrations must be on the list, and verify certificates too", () => {
  expect(violations("/integrations:Slack", { project: 42, webhook: secret })).toEqual({});
  expect(Object.keys(violations("/integrations:Asana", { project: 42, apiKey: secret }))).toEqual([
    "integrations-are-allowed",
  ]);
  expect(violations("/integrations:Asana", { project: 42 }, { allowed: ["Asana"] })).toEqual({});
  expect(Object.keys(violations("/integrations:Slack", { project: 42 }, { allowed: [] }))).toEqual([
    "integrations-are-allowed",
  ]);
  expect(Object.keys(violations("/integrations:Jenkins", { project: 42, enableSslVerification: false }))).toEqual([
    "certificates-are-verified",
  ]);
});

test.each([":ProjectPushRule", ":GroupPushRule"])("%s must prevent secrets", (type) => {
  expect(violations(type, { project: 42, preventSecrets: true })).toEqual({});
  for (const preventSecrets of [false, undefined, null]) {
    expect(violations(type, { project: 42, preventSecrets })).toEqual({
      "push-rules-prevent-secrets": ["Set `preventSecrets: true`."],
    });
  }
});

test("every entry of a fleet is held to the rules, and named", () => {
  const entries = {
    web: { ...good, url: `http://${secret}` },
    api: good,
    "a\u001b[31m": { ...good, token: undefined },
  };
  expect(violations("/fleet:ProjectHook", { entries })).toEqual({
    "hooks-use-https": ['Entry "web": Let `url` begin with https://.'],
    "hooks-have-token": ['Entry "a\\u001b[31m": Set `token` or `signingToken`.'],
  });
  expect(violations("/fleet/integrations:Asana", { entries: { web: { project: 42, apiKey: secret } } })).toEqual({
    "integrations-are-allowed": ['Entry "web": Asana is not on the list of allowed integrations.'],
  });
  expect(Object.keys(violations("/fleet:GroupPushRule", { entries: { a: { group: 9 } } }))).toEqual([
    "push-rules-prevent-secrets",
  ]);
});

test("an argument that is not known yet hides nothing of other entries, and a token counts as given", () => {
  const unknown = (name: string): object =>
    Object.defineProperty({ ...good }, name, {
      enumerable: true,
      get: () => {
        throw new Error(`${name} can't be known during preview`);
      },
    });
  expect(() => violations("/fleet:ProjectHook", { entries: { a: unknown("url"), b: good } })).toThrow("can't be known");
  const said: unknown[] = [];
  const [https] = policies;
  const args = {
    type: "pulumi-nodejs:dynamic/gitlab/fleet:ProjectHook",
    props: { entries: { a: unknown("url"), b: { ...good, url: "http://b" } } },
    getConfig: () => ({}),
  } as unknown as ResourceValidationArgs;
  const validate = https?.validateResource;
  expect(() => typeof validate === "function" && validate(args, (message) => said.push(message))).toThrow(
    "can't be known",
  );
  expect(said).toEqual(['Entry "b": Let `url` begin with https://.']);
  expect(violations(":ProjectHook", unknown("token") as Record<string, unknown>)).toEqual({});
});

test("what is only read, and what another package makes, is held to nothing", () => {
  expect(violations(":ProjectHook", {})).toEqual({});
  expect(violations("lab:ProjectHook", { url: "http://a" })).toEqual({});
  expect(violations(":Provider", { enableSslVerification: "x" })).toEqual({});
});

test("the rules find every class that they are about by its type", () => {
  const names = [...definitionsByName().values()].map((definition) =>
    typeToken(definition).replace("pulumi-nodejs:dynamic/gitlab", ""),
  );
  const integrations = names.filter((name) => name.startsWith("/integrations:"));
  expect(integrations.length).toBeGreaterThan(40);
  for (const type of integrations) {
    const said = violations(type, { project: 42, enableSslVerification: false }, { allowed: [] });
    expect([type, Object.keys(said)]).toEqual([type, ["certificates-are-verified", "integrations-are-allowed"]]);
  }
  for (const type of [":ProjectHook", ":GroupHook", ":ProjectPushRule", ":GroupPushRule"])
    expect(names).toContain(type);
});
