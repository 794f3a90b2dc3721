import { proxyFor } from "../../../provider/client/proxy";

const proxy = "http://proxy.test:3128";

test.each<[string, NodeJS.ProcessEnv, string | undefined]>([
  ["https://gitlab.test", { HTTPS_PROXY: proxy }, "http://proxy.test:3128/"],
  ["https://gitlab.test", { https_proxy: "http://lower.test", HTTPS_PROXY: proxy }, "http://lower.test/"],
  ["https://gitlab.test", { HTTP_PROXY: proxy }, undefined],
  ["http://gitlab.test", { HTTP_PROXY: proxy }, "http://proxy.test:3128/"],
  ["http://gitlab.test", { HTTPS_PROXY: proxy }, undefined],
  ["https://gitlab.test", { ALL_PROXY: proxy }, "http://proxy.test:3128/"],
  ["https://gitlab.test", { HTTPS_PROXY: "proxy.test:3128" }, "http://proxy.test:3128/"],
  ["https://gitlab.test", { HTTPS_PROXY: "" }, undefined],
  ["https://gitlab.test", {}, undefined],
])("%s with %j", (target, env, expected) => {
  expect(proxyFor(new URL(target), env)?.href).toBe(expected);
});

test.each([
  ["*", "https://gitlab.test", true],
  ["gitlab.test", "https://gitlab.test", true],
  ["GitLab.Test", "https://gitlab.test", true],
  ["other.test, gitlab.test", "https://gitlab.test", true],
  ["test", "https://gitlab.test", true],
  [".gitlab.test", "https://a.gitlab.test", true],
  ["*.gitlab.test", "https://a.gitlab.test", true],
  ["gitlab.test", "https://notgitlab.test", false],
  ["gitlab.test:443", "https://gitlab.test", true],
  ["gitlab.test:80", "https://gitlab.test", false],
  ["gitlab.test:8443", "https://gitlab.test:8443", true],
  ["127.0.0.1", "https://127.0.0.1:8443", true],
  ["10.0.0.0/8", "https://10.1.2.3", true],
  ["10.0.0.0/8", "https://11.1.2.3", false],
  ["10.0.0.0/99", "https://10.1.2.3", false],
  ["10.0.0.0/8", "https://gitlab.test", false],
  ["::1", "https://[::1]:8443", true],
  ["[::1]:8443", "https://[::1]:8443", true],
  ["fd00::/8", "https://[fd12::1]", true],
  ["0.1", "https://10.0.0.1", false],
  ["", "https://gitlab.test", false],
])("NO_PROXY=%s and %s", (list, target, bypassed) => {
  const found = proxyFor(new URL(target), { HTTPS_PROXY: proxy, NO_PROXY: list });
  expect(found === undefined).toBe(bypassed);
});

test("lower case no_proxy counts too", () => {
  expect(proxyFor(new URL("https://gitlab.test"), { HTTPS_PROXY: proxy, no_proxy: "gitlab.test" })).toBeUndefined();
});
