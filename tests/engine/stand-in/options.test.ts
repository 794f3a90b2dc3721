import * as pulumi from "@pulumi/pulumi";

import { called, done, InlineStack, Thing, ThingProvider, urnOf } from "./support/inline";

// What is expected here is what a real CLI did with the same programs (3.256, Node 20).
describe("resource options on the stand-in", () => {
  let stack: InlineStack;

  beforeEach(() => {
    stack = new InlineStack();
  });

  afterEach(() => {
    stack.remove();
  });

  it("deletes first what a delete-before-replace would replace, and nothing else", async () => {
    const program = (key: string) => (): void => {
      const root = new Thing("root", { key }, { deleteBeforeReplace: true });
      new Thing("replaced", { key: root.out });
      new Thing("updated", { value: root.out });
      new Thing("ordered", {}, { dependsOn: [root] });
    };
    await stack.up(program("1"));
    const result = await stack.up(program("2"));
    expect(result.ok).toBe(true);
    expect(done(result).slice(0, 4)).toEqual([
      "delete-replaced replaced",
      "delete-replaced root",
      "replace root",
      "create-replacement root",
    ]);
    expect(done(result).slice(4).sort()).toEqual(["create-replacement replaced", "replace replaced", "update updated"]);
    expect(result.summary).toMatchObject({ replace: 2, update: 1, delete: 0, create: 0 });
  });

  it("creates first by default, and deletes the original in the end", async () => {
    await stack.up(() => new Thing("a", { key: "1" }));
    const result = await stack.up(() => new Thing("a", { key: "2" }));
    expect(done(result)).toEqual(["create-replacement a", "replace a", "delete-replaced a"]);
  });

  it("previews a replacement, its dependents with values that are not known", async () => {
    const program = (key: string) => (): void => {
      const a = new Thing("a", { key });
      new Thing("b", { value: a.out });
    };
    await stack.up(program("1"));
    const before = stack.text();
    const result = await stack.preview(program("2"));
    expect(done(result)).toEqual(["create-replacement a", "replace a", "update b", "delete-replaced a"]);
    expect(result.output).toMatch(/~ key: "1" => "2"/);
    expect(result.output).toMatch(/~ value: "out of a 1" => \[unknown\]/);
    expect(called(result, "Create")).toEqual([]);
    expect(stack.text()).toBe(before);
  });

  it("finds renamed resources and the children of renamed components", async () => {
    class Box extends pulumi.ComponentResource {
      constructor(name: string, options?: pulumi.ComponentResourceOptions) {
        super("test:index:Box", name, {}, options);
        new Thing(`${name}-inside`, { name: "inside" }, { parent: this });
      }
    }
    await stack.up(() => [new Box("one"), new Thing("x", { name: "x" })]);
    const result = await stack.up(() => [
      new Box("two", { aliases: [{ name: "one" }] }),
      new Thing("y", { name: "x" }, { aliases: [urnOf("x")] }),
    ]);
    expect(done(result)).toEqual([]);
    expect((await stack.resources()).map(({ urn }) => String(urn).split("::").at(-1)).sort()).toEqual([
      "app-dev",
      "default",
      "two",
      "two-inside",
      "y",
    ]);
  });

  it("puts ignored properties back, inside maps and lists too", async () => {
    const value = { list: [1, 2], map: { a: 1 }, secret: pulumi.secret("s") };
    await stack.up(() => new Thing("a", { value }));
    const changed = { list: [1, 3], map: { a: 2, b: 3 }, secret: pulumi.secret("other") };
    const ignoreChanges = ["value.list[1]", "value.map", "value.secret"];
    const result = await stack.up(() => new Thing("a", { value: changed }, { ignoreChanges }));
    expect(done(result)).toEqual([]);
    expect(result.calls.find(({ method }) => method.endsWith("/Check"))?.request).toMatchObject({
      news: { value: { list: [1, 2], map: { a: 1 }, secret: "s" } },
    });
  });

  it("keeps what is protected, to be retained or deleted with another", async () => {
    const program = (protect: boolean) => (): void => {
      new Thing("guarded", {}, { protect });
      new Thing("kept", {}, { retainOnDelete: true });
      const owner = new Thing("owner");
      new Thing("owned", {}, { deletedWith: owner });
    };
    await stack.up(program(true));
    const refused = await stack.up(() => undefined);
    expect(refused.ok).toBe(false);
    expect(refused.output).toMatch(/Thing::guarded" cannot be deleted/);
    expect((await stack.resources()).map(({ urn }) => urn)).toContain(urnOf("guarded"));
    await stack.up(program(false));
    const result = await stack.up(() => undefined);
    expect(done(result).sort()).toEqual(["delete guarded", "delete kept", "delete owned", "delete owner"]);
    expect(called(result, "Delete").sort()).toEqual(["guarded", "owner"]);
  });

  it("refuses to replace what is protected", async () => {
    await stack.up(() => new Thing("a", { key: "1" }, { protect: true }));
    const result = await stack.up(() => new Thing("a", { key: "2" }, { protect: true }));
    expect(result.ok).toBe(false);
    expect(result.output).toMatch(/unable to replace resource/);
    expect(called(result, "Create")).toEqual([]);
  });

  it("fails the engine's own import of a dynamic resource, as the engine does", async () => {
    const result = await stack.up(() => new Thing("a", {}, { import: "id-a" }));
    expect(result.ok).toBe(false);
    expect(result.output).toMatch(/code must be a string, not undefined/);
    expect((await stack.resources()).map(({ urn }) => urn)).not.toContain(urnOf("a"));
  });

  it("takes over what was only read before, and lets go of what is read from now on", async () => {
    await stack.up(() => new Thing("a", {}, { id: "elsewhere" }));
    const owned = await stack.up(() => new Thing("a"));
    expect(done(owned)).toEqual(["create-replacement a", "replace a", "delete-replaced a"]);
    expect(called(owned, "Delete")).toEqual([]);
    const released = await stack.up(() => new Thing("a", {}, { id: "elsewhere" }));
    expect(called(released, "Delete")).toEqual(["a"]);
    expect(await stack.resources()).toContainEqual(expect.objectContaining({ id: "elsewhere", external: true }));
  });

  it("moves a resource to another provider without replacing it", async () => {
    await stack.up(() => new Thing("a", {}, { provider: new ThingProvider("one", { "test:x": "1" }) }));
    const result = await stack.up(() => new Thing("a", {}, { provider: new ThingProvider("two", { "test:x": "2" }) }));
    expect(done(result)).toEqual(["create two", "delete one"]);
  });
});
