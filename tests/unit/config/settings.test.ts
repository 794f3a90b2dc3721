import { join } from "node:path";
import { normaliseBaseUrl, plainHttpWarning, readConfiguration, settingNames } from "../../../provider/config/settings";

const file = join(__dirname, "../client/tls/ca.pem");

function read(given: Readonly<Record<string, unknown>>, env: NodeJS.ProcessEnv = {}) {
  return readConfiguration((key) => given[key], env);
}

describe("normaliseBaseUrl", () => {
  test.each([
    ["https://gitlab.com", "https://gitlab.com/api/v4"],
    ["https://gitlab.com/", "https://gitlab.com/api/v4"],
    ["  https://gitlab.com/api/v4/  ", "https://gitlab.com/api/v4"],
    ["https://gitlab.com/api/v4", "https://gitlab.com/api/v4"],
    ["HTTPS://GitLab.Acme.dev:443//", "https://gitlab.acme.dev/api/v4"],
    ["http://127.0.0.1:8080/gitlab", "http://127.0.0.1:8080/gitlab/api/v4"],
    ["https://acme.dev/tools/gitlab/api/v4/", "https://acme.dev/tools/gitlab/api/v4"],
    ["https://[::1]:8443", "https://[::1]:8443/api/v4"],
    ["https://münchen.example", "https://xn--mnchen-3ya.example/api/v4"],
  ])("%s", (address, normalised) => {
    expect(normaliseBaseUrl(address)).toBe(normalised);
    expect(normaliseBaseUrl(normalised)).toBe(normalised);
  });

  test.each([
    "gitlab.com",
    "ftp://gitlab.com",
    "https://",
    "https://user:canary@gitlab.com",
    "https://gitlab.com?x=canary",
    "https://gitlab.com/#canary",
    "https://gitlab.com/api/v3",
    "https://gitlab.com/api/v4/projects",
    "",
    "https://exa mple.com",
  ])("refuses %j without quoting it", (address) => {
    expect(() => normaliseBaseUrl(address)).toThrow(/^(?!.*canary)(must|is not) /);
  });
});

describe("readConfiguration", () => {
  test("needs a token only", () => {
    expect(read({ token: "t" }).settings).toEqual({
      baseUrl: "https://gitlab.com/api/v4",
      token: "t",
      insecure: false,
      headers: {},
      retries: 10,
      timeout: 300,
      overwriteExisting: false,
      formerBaseUrls: [],
      previewChecks: true,
    });
  });

  const texts = {
    baseUrl: "https://gitlab.acme.dev",
    token: "t",
    cacertFile: file,
    insecure: "true",
    clientCert: file,
    clientKey: "-----BEGIN PRIVATE KEY-----\nx",
    headers: '{"X-Gate":"open"}',
    retries: "3",
    timeout: "12.5",
    overwriteExisting: "true",
    formerBaseUrls: '["https://old.acme.dev/"]',
    previewChecks: "false",
  };
  const typed = {
    ...texts,
    insecure: true,
    headers: { "X-Gate": "open" },
    retries: 3,
    timeout: 12.5,
    overwriteExisting: true,
    formerBaseUrls: ["https://old.acme.dev"],
    previewChecks: false,
  };

  test("takes the texts of a stack and the values of a provider alike", () => {
    expect(Object.keys(texts).sort()).toEqual([...settingNames].sort());
    const { settings } = read(texts);
    expect(settings).toEqual({
      ...typed,
      baseUrl: "https://gitlab.acme.dev/api/v4",
      formerBaseUrls: ["https://old.acme.dev/api/v4"],
    });
    expect(read(typed).settings).toEqual(settings);
  });

  test("previewChecks can be turned off in the environment", () => {
    expect(read({ token: "t" }, { GITLAB_PREVIEW_CHECKS: "false" }).settings?.previewChecks).toBe(false);
    expect(read({ token: "t", previewChecks: true }, { GITLAB_PREVIEW_CHECKS: "false" }).settings?.previewChecks).toBe(
      true,
    );
  });

  test("a missing token alone leaves the settings for previews without one", () => {
    const { problems, offline } = read({ baseUrl: "https://gitlab.acme.dev" });
    expect(problems).toEqual([expect.stringMatching(/^gitlab:token is missing/)]);
    expect(offline).toMatchObject({ baseUrl: "https://gitlab.acme.dev/api/v4", token: "" });
    expect(read({ retries: "many" }).offline).toBeUndefined();
  });

  test("formerBaseUrls may be a list with commas", () => {
    const { settings } = read({ token: "t", formerBaseUrls: "https://a.dev, https://b.dev/api/v4/," });
    expect(settings?.formerBaseUrls).toEqual(["https://a.dev/api/v4", "https://b.dev/api/v4"]);
  });

  test("unwraps secrets at any depth", () => {
    const secret = (value: unknown) => ({
      "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
      value,
    });
    const { settings } = read({ token: secret("t"), headers: secret({ "X-A": secret("v") }) });
    expect(settings).toMatchObject({ token: "t", headers: { "X-A": "v" } });
  });

  test("explicit settings win over the environment, empty ones do not count", () => {
    const env = { GITLAB_TOKEN: "env", GITLAB_BASE_URL: "https://env.dev" };
    expect(read({}, env).settings).toMatchObject({ token: "env", baseUrl: "https://env.dev/api/v4" });
    expect(read({ token: "", baseUrl: "" }, env).settings).toMatchObject({ token: "env" });
    expect(read({ token: "t", baseUrl: "https://set.dev" }, env).settings).toMatchObject({
      token: "t",
      baseUrl: "https://set.dev/api/v4",
    });
    expect(read({ token: "t" }, { GITLAB_BASE_URL: "" }).settings?.baseUrl).toBe("https://gitlab.com/api/v4");
  });

  test("says what is missing and the way out", () => {
    expect(read({}).problems).toEqual([
      expect.stringMatching(/^gitlab:token is missing: .*pulumi config set --secret/),
    ]);
  });

  test.each<[Readonly<Record<string, unknown>>, RegExp]>([
    [{ token: "canary\n" }, /^gitlab:token contains a line break/],
    [{ token: " canary" }, /^gitlab:token contains/],
    [{ token: "canäry-canary" }, /^gitlab:token contains/],
    [{ token: 42 }, /^gitlab:token must be a string/],
    [{ baseUrl: "canary.dev" }, /^gitlab:baseUrl must begin with https/],
    [{ baseUrl: "https://me:canary@x.dev" }, /^gitlab:baseUrl must not contain a user name/],
    [{ baseUrl: 7 }, /^gitlab:baseUrl must be the address/],
    [{ cacertFile: "/nowhere/canary" }, /^gitlab:cacertFile names a file that cannot be read/],
    [{ insecure: "canary" }, /^gitlab:insecure must be true or false/],
    [{ overwriteExisting: "yes" }, /^gitlab:overwriteExisting must be true or false/],
    [{ clientCert: file }, /belong together/],
    [{ clientKey: file }, /belong together/],
    [{ headers: "canary" }, /^gitlab:headers must be an object/],
    [{ headers: '{"a": 1}' }, /^gitlab:headers must be an object/],
    [{ headers: ["canary"] }, /^gitlab:headers must be an object/],
    [{ headers: { "canary name": "x" } }, /^gitlab:headers has a name/],
    [{ headers: { "X-A": "canary\r\nX-B: y" } }, /^gitlab:headers has a value for X-A/],
    [{ headers: { Authorization: "Bearer canary" } }, /^gitlab:headers must not set Authorization/],
    [{ retries: "many" }, /^gitlab:retries must be a whole number/],
    [{ retries: 1.5 }, /^gitlab:retries must be a whole number/],
    [{ retries: -1 }, /^gitlab:retries must be a whole number/],
    [{ timeout: "0" }, /^gitlab:timeout must be a number of seconds/],
    [{ timeout: {} }, /^gitlab:timeout must be a number of seconds/],
    [{ formerBaseUrls: "canary.dev" }, /^an entry of gitlab:formerBaseUrls must begin with/],
    [{ formerBaseUrls: [7] }, /^gitlab:formerBaseUrls must be a list/],
  ])("%j is one problem, which quotes no value", (given, problem) => {
    const { problems } = read({ token: "t", ...given });
    expect(problems).toEqual([expect.stringMatching(problem)]);
    expect(problems?.join()).not.toMatch(/canary/);
  });

  test("names the variable when the environment is at fault", () => {
    const env = { GITLAB_TOKEN: "canary\n", GITLAB_BASE_URL: "canary" };
    const { problems } = read({}, env);
    expect(problems).toHaveLength(2);
    expect(problems?.join("\n")).toMatch(/^GITLAB_BASE_URL must.*\nGITLAB_TOKEN contains/);
    expect(problems?.join()).not.toMatch(/canary/);
  });

  test("reports every problem at once", () => {
    expect(read({ baseUrl: "x", token: "a b", retries: "x", headers: "x", timeout: "x" }).problems).toHaveLength(5);
  });

  test("never throws", () => {
    const round: Record<string, unknown> = {};
    round.self = round;
    const get = () => {
      throw new Error("canary");
    };
    expect(readConfiguration(get, {}).problems).toHaveLength(1);
    for (const value of [round, Symbol("x"), () => 1, NaN, [], [[]], Object.create(null), 10n]) {
      expect(read(Object.fromEntries(settingNames.map((name) => [name, value]))).problems?.length).toBeGreaterThan(0);
    }
  });
});

test.each([
  ["http://gitlab.acme.dev:8080", /^gitlab:baseUrl is plain http.*gitlab\.acme\.dev:8080 unencrypted/],
  ["http://10.0.0.1", /plain http/],
  ["http://127.0.0.1.evil.dev", /plain http/],
])("plain http to %s is worth a warning", (baseUrl, warning) => {
  const { settings } = read({ token: "t", baseUrl });
  expect(settings && plainHttpWarning(settings)).toMatch(warning);
});

test.each([
  "https://gitlab.acme.dev",
  "http://localhost:3000",
  "http://127.0.0.1",
  "http://127.9.9.9:1",
  "http://[::1]:1",
])("%s is not", (baseUrl) => {
  const { settings } = read({ token: "t", baseUrl });
  expect(settings && plainHttpWarning(settings)).toBeUndefined();
});
