import * as pulumi from "@pulumi/pulumi";
import * as gitlab from "pulumi-gitlab-dynamic";

const { stackTraceLimit } = Error;
const args = { project: "acme/shop", url: "https://ci.example.com" };

test("a resource with all its outputs costs few stack traces", async () => {
  await pulumi.runtime.setMocks({
    newResource: ({ name, inputs }) => ({ id: name, state: inputs as object }),
    call: () => ({}),
  });
  const usual = Object.getOwnPropertyDescriptor(Error, "prepareStackTrace") ?? { value: undefined };
  let traces = 0;
  Error.prepareStackTrace = (error, frames) => {
    if (frames.length > 0) traces += 1;
    return String(error);
  };
  const hook = new gitlab.ProjectHook("hook", args);
  Object.defineProperty(Error, "prepareStackTrace", usual);
  expect(Object.values(hook).filter((value) => pulumi.Output.isInstance(value)).length).toBeGreaterThan(30);
  expect(traces).toBeLessThan(20);
  expect(Error.stackTraceLimit).toBe(stackTraceLimit);
  await new Promise((resolve) => hook.urn.apply(resolve));
});

test("an error of the SDK still shows where it comes from", () => {
  const construct = (): unknown => new gitlab.ProjectHook("", args);
  let stack: string | undefined;
  try {
    construct();
  } catch (error) {
    ({ stack } = error as Error);
  }
  expect(stack).toContain("stack-traces.test.ts");
  expect(Error.stackTraceLimit).toBe(stackTraceLimit);
});
