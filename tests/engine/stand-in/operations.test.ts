import { existsSync } from "node:fs";

import * as pulumi from "@pulumi/pulumi";
import { secret, Stack } from "gitlab-sandbox/engine";

import { called, done, InlineStack, Thing, urnOf } from "./support/inline";

// Within a function: formatting an error thrown at the top level makes the SDK hang, on the real engine too.
const BROKEN = `
  function program() {
    new (require("@pulumi/pulumi").ComponentResource)("test:index:Box", "box");
    throw new Error("the program broke");
  }
  program();
`;

describe("operations on the stand-in", () => {
  let stack: InlineStack;

  beforeEach(() => {
    stack = new InlineStack({ "test:plain": "shown", "test:token": secret("hidden-token") });
  });

  afterEach(() => {
    stack.remove();
  });

  it("previews and then makes one inline program, with what only the second can know", async () => {
    const program = (): unknown => {
      const a = new Thing("a");
      return { id: a.id, out: a.out, plain: new pulumi.Config("test").require("plain") };
    };
    const preview = await stack.preview(program);
    expect(preview.output).toMatch(/\+ id: \[unknown\]/);
    expect(existsSync(stack.stateFile)).toBe(false);
    const up = await stack.up(program);
    expect(up.outputs).toEqual({ id: "id-a", out: "out of a", plain: "shown" });
    expect(done(await stack.up(program))).toEqual([]);
  });

  it("hands the whole configuration to the default provider, and the state's to refresh and destroy", async () => {
    await stack.up(() => new Thing("a"));
    const opened = await stack.open();
    opened.setConfig("test:token", secret("rotated-token"));
    for (const result of [await opened.refresh(), await opened.destroy()]) {
      const configured = result.calls.find(({ method }) => method.endsWith("/Configure"));
      expect(configured?.request.variables).toEqual({
        "pulumi-nodejs:config:test:plain": "shown",
        "pulumi-nodejs:config:test:token": "hidden-token",
      });
    }
  });

  it("writes no secret in clear, and reads every one again", async () => {
    const program = (): void => {
      const a = new Thing("a", { value: { deep: [pulumi.secret("hidden-deep")], shown: "plain" } });
      new Thing("b", { value: pulumi.interpolate`${a.out} ${pulumi.secret("hidden-text")}` });
    };
    const { output } = await stack.up(program);
    expect(stack.text()).toContain("plain");
    expect(`${stack.text()}${output}`).not.toContain("hidden");
    expect(done(await stack.up(program))).toEqual([]);
  });

  it("refuses a state whose passphrase is another one", async () => {
    await stack.up(() => new Thing("a"));
    const settings = { programDirectory: "/", project: "app", stack: "dev", stateFile: stack.stateFile };
    await expect(Stack.open({ ...settings, passphrase: "wrong" })).rejects.toThrow("incorrect passphrase");
  });

  it("stops at the first resource that check refuses, and keeps its value to itself when no property is named", async () => {
    const result = await stack.preview(() => new Thing("a", { bad: true, value: "precious" }));
    expect(result.ok).toBe(false);
    expect(result.exitCode).toBe(1);
    expect(result.output).toMatch(/Thing resource 'a' has a problem: name: a will not do/);
    expect(result.output).not.toContain("precious");
  });

  it("prints the value of a property that check names, as the real engine does", async () => {
    const result = await stack.preview(() => new Thing("a", { bad: pulumi.secret("precious") }));
    expect(result.output).toMatch(/property bad value \{&\{\{precious\}\}\} has a problem/);
  });

  it("keeps what was made before something failed, and deletes nothing", async () => {
    await stack.up(() => new Thing("old"));
    const result = await stack.up(() => {
      const made = new Thing("made");
      new Thing("failing", { fail: true, value: made.out });
    });
    expect(result.ok).toBe(false);
    expect(result.output).toMatch(/error: no failing today/);
    expect(called(result, "Delete")).toEqual([]);
    const urns = (await stack.resources()).map(({ urn }) => urn);
    expect(urns).toEqual(expect.arrayContaining([urnOf("old"), urnOf("made")]));
    expect(urns).not.toContain(urnOf("failing"));
  });

  it("reports a program that throws, and deletes nothing", async () => {
    await stack.up(() => new Thing("old"));
    const result = await (await stack.openFile(BROKEN)).up();
    expect(result.ok).toBe(false);
    expect(result.output).toContain("the program broke");
    expect((await stack.resources()).map(({ urn }) => urn)).toContain(urnOf("old"));
  });

  it("refuses two resources of one name", async () => {
    const result = await stack.preview(() => [new Thing("a"), new Thing("a")]);
    expect(result.output).toMatch(/Duplicate resource URN/);
  });

  it("collects what the program logs", async () => {
    const { diagnostics, output } = await stack.up(async () => {
      const a = new Thing("a");
      await pulumi.log.warn("careful", a);
      await pulumi.log.info("soon", a, undefined, true);
    });
    expect(diagnostics).toEqual([
      { severity: "warning", message: "careful", urn: urnOf("a"), ephemeral: false },
      { severity: "info", message: "soon", urn: urnOf("a"), ephemeral: true },
    ]);
    expect(output).toMatch(/Thing \(a\):\n {4}warning: careful/);
  });

  it("works on as many resources at a time as it is told", async () => {
    const program = (): Thing[] => Array.from({ length: 5 }, (_, index) => new Thing(`t${index}`));
    const result = await stack.up(program, { parallel: 1 });
    expect(result.summary.create).toBe(6);
  });

  it("begins nothing when it was told to stop", async () => {
    const result = await stack.up(() => new Thing("a"), { signal: AbortSignal.abort() });
    expect(result.ok).toBe(false);
    expect(called(result, "Create")).toEqual([]);
  });
});
