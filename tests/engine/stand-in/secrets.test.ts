import * as pulumi from "@pulumi/pulumi";

import { done, InlineStack, Thing, type ThingArgs } from "./support/inline";

/** Adds an argument to the resource of one name; what it answers with are all the options that remain. */
const adding =
  (name: string, args: ThingArgs, keepsOptions = true): pulumi.ResourceTransform =>
  (given) =>
    given.name === name ? { props: { ...given.props, ...args }, opts: keepsOptions ? given.opts : {} } : undefined;

// What is expected here is what a real CLI did (3.260, Node 20).
describe("secrets on the stand-in", () => {
  let stack: InlineStack;

  beforeEach(() => {
    stack = new InlineStack();
  });

  afterEach(() => {
    stack.remove();
  });

  async function stored(name: string): Promise<Record<"inputs" | "outputs", Record<string, unknown>>> {
    const found = (await stack.resources()).find(({ urn }) => String(urn).endsWith(`::${name}`));
    return found as Record<"inputs" | "outputs", Record<string, unknown>>;
  }

  const encrypted = expect.objectContaining({ ciphertext: expect.any(String) as string }) as object;

  it("keeps what a check marks at any depth, in inputs and by its name in outputs, and sends it plain", async () => {
    const value = { a: { hidden: "canary-a", shown: 1 }, hidden: ["canary-b"] };
    const program = () => new Thing("a", { value, hidden: "canary-c" });
    const preview = await stack.preview(program);
    expect(preview.output).not.toContain("canary");
    const masked = { hidden: "[secret]", value: { a: { hidden: "[secret]", shown: 1 }, hidden: "[secret]" } };
    const { steps } = JSON.parse(preview.json()) as { steps: { newState: { inputs: object } }[] };
    expect(steps.map(({ newState }) => newState.inputs)).toContainEqual(expect.objectContaining(masked));
    const result = await stack.up(program);
    expect(result.output).not.toContain("canary");
    expect(result.calls.find(({ method }) => method.endsWith("/Create"))?.request).toMatchObject({
      properties: { value, hidden: "canary-c" },
    });
    expect(stack.text()).not.toContain("canary");
    const all = { hidden: encrypted, value: { a: { hidden: encrypted, shown: 1 }, hidden: encrypted } };
    expect(await stored("a")).toMatchObject({ inputs: all, outputs: all });
    expect(done(await stack.up(program))).toEqual([]);
  });

  it("keeps what a create marks", async () => {
    await stack.up(() => new Thing("a", { reveal: "canary" }));
    expect((await stored("a")).outputs).toMatchObject({ revealed: encrypted, reveal: "canary" });
  });

  it("leaves what is not known yet as it is, whatever marks it", async () => {
    const result = await stack.preview(() => new Thing("b", { hidden: new Thing("a").out }));
    expect(result.output).toMatch(/hidden: \[(unknown|secret)\]/);
  });

  it("applies the transforms of a resource, then those of the stack", async () => {
    const seen: unknown[] = [];
    await stack.up(() => {
      pulumi.runtime.registerResourceTransform(({ name, props }) => {
        if (name === "a") seen.push({ ...props });
        return undefined;
      });
      pulumi.runtime.registerResourceTransform(adding("a", { hidden: "canary-stack" }));
      const own = [adding("a", { value: "first" }), adding("a", { value: "own" })];
      new Thing("a", {}, { transforms: own, protect: true });
    });
    expect(seen).toEqual([expect.objectContaining({ value: "own", name: "a" })]);
    expect((await stored("a")).inputs).toMatchObject({ value: "own", hidden: encrypted });
    expect(await stored("a")).toMatchObject({ protect: true });
    expect(stack.text()).not.toContain("canary-stack");
  });

  it("takes options away that a transform leaves out", async () => {
    const options = { additionalSecretOutputs: ["out"], transforms: [adding("a", { value: 1 }, false)] };
    await stack.up(() => new Thing("a", {}, options));
    expect((await stored("a")).outputs.out).toBe("out of a");
  });

  it("fails with a transform that fails", async () => {
    const file = await stack.openFile(`
      const pulumi = require("@pulumi/pulumi");
      const transforms = [() => { throw new Error("will not do"); }];
      new pulumi.ComponentResource("test:index:Box", "a", {}, { transforms });
    `);
    const result = await file.up();
    expect(result.ok).toBe(false);
    expect(result.output).toContain("will not do");
  });
});
