import * as pulumi from "@pulumi/pulumi";
import * as gitlab from "pulumi-gitlab-dynamic";

beforeAll(async () => {
  await pulumi.runtime.setMocks({
    newResource: ({ name, inputs }) => ({ id: name, state: inputs as object }),
    call: ({ inputs }) => inputs as object,
  });
});

afterAll(() => pulumi.runtime.disconnect());

/** Runs a program with two projects, and answers with the failure of its constructors. */
async function failureOf(one: gitlab.ProjectArgs, two: gitlab.ProjectArgs): Promise<string | undefined> {
  let failure: string | undefined;
  await pulumi.runtime.runInPulumiStack(() => {
    try {
      new gitlab.Project("one", one);
      new gitlab.Project("two", two);
    } catch (error) {
      failure = (error as Error).message;
    }
    return Promise.resolve({});
  });
  return failure;
}

test.each<[gitlab.ProjectArgs, gitlab.ProjectArgs, string]>([
  [{ namespace: "acme", path: "shop" }, { namespace: "acme", path: "Shop" }, "acme/Shop"],
  [
    { namespace: "acme", name: "Blue Sky" },
    { namespace: "ACME", name: "Blue Sky ", path: "sky" },
    '"Blue Sky" in ACME',
  ],
])("%j and %j are one project", async (one, two, what) => {
  expect(await failureOf(one, two)).toBe(
    `Project "two" and Project "one" both create ${what}: only one can exist. Remove one of them from the program.`,
  );
});

test.each<[gitlab.ProjectArgs, gitlab.ProjectArgs]>([
  [
    { namespace: "acme", name: "Blue Sky" },
    { namespace: "acme", name: "Blue.Sky" },
  ],
  [
    { namespace: "acme", name: "Shop", path: "a" },
    { namespace: "acme", name: "shop", path: "b" },
  ],
  [
    { namespace: "acme", name: "Shop" },
    { namespace: "acme/platform", name: "Shop" },
  ],
])("%j and %j are two", async (one, two) => {
  expect(await failureOf(one, two)).toBeUndefined();
});
