import { resourceNames, typedName, UniqueNames } from "../../../../provider/cli/import/model/names";
import { remoteResource } from "./support/remote-resources";

function namesOf(all: Parameters<typeof resourceNames>[0], reserved: readonly string[] = []): string[] {
  return [...resourceNames(all, reserved).values()];
}

const hook = (id: number, url: string) => remoteResource("ProjectHook", { id, url });

test("a resource's name says where it is and what identifies it there", () => {
  expect(namesOf([hook(7, "https://ci.acme.dev/hooks")])).toEqual(["acme/shop/ci.acme.dev"]);
  expect(namesOf([remoteResource("integrations.GoogleChat", {})])).toEqual(["acme/shop/hangouts-chat"]);
  expect(namesOf([remoteResource("GroupPushRule", {}, { scope: "group" })])).toEqual(["acme/push-rule"]);
  const share = remoteResource("ProjectShare", { group_id: 10, group_full_path: "acme/platform" });
  expect(namesOf([share])).toEqual(["acme/shop/share/acme/platform"]);
});

test("several addresses of one host are told apart by their paths, and a number breaks what is still a tie", () => {
  const urls = ["https://ci.acme.dev/a", "https://ci.acme.dev/b", "https://ci.acme.dev/b?x=1", "https://w.acme.dev:81"];
  expect(namesOf(urls.map((url, id) => hook(id, url)))).toEqual([
    "acme/shop/ci.acme.dev/a",
    "acme/shop/ci.acme.dev/b",
    "acme/shop/ci.acme.dev/b-2",
    "acme/shop/w.acme.dev:81",
  ]);
});

test("a name that a stack has already is not given again to its class", () => {
  const one = hook(7, "https://ci.acme.dev/");
  expect(namesOf([one], [typedName(one.definition, "acme/shop/ci.acme.dev")])).toEqual(["acme/shop/ci.acme.dev-2"]);
  expect(namesOf([one], [typedName({ name: "GroupHook" }, "acme/shop/ci.acme.dev")])).toEqual([
    "acme/shop/ci.acme.dev",
  ]);
});

test("no name breaks a URN or a line", () => {
  for (const url of ["https://[::1]:8080/x", "https://ci.acme.dev/a%0Ab%E2%80%A8::c", "https://{host}/x", "no url"]) {
    const names = namesOf([hook(7, url), hook(8, `${url}/2`)]);
    expect(new Set(names).size).toBe(2);
    for (const name of names) expect(name).not.toMatch(/::|[\p{C}\p{Z}]/u);
  }
});

test("no name comes twice", () => {
  const names = new UniqueNames(["config"]);
  expect(["a", "a", "config", "a2", "a"].map((name) => names.take(name))).toEqual(["a", "a2", "config2", "a22", "a3"]);
});
