// Read by the compiler only: how programs and their tests use the functions as values.
import type * as pulumi from "@pulumi/pulumi";
import * as gitlab from "pulumi-gitlab-dynamic";

/** Functions of a program's own can stand in for ours, wherever a program hands them on. */
export const standIns: Pick<typeof gitlab, "getProjectLanguages" | "getProjects" | "eachProject" | "starProject"> = {
  getProjectLanguages: () => Promise.resolve({ Ruby: 100 }),
  getProjects: () => Promise.resolve([]),
  // eslint-disable-next-line @typescript-eslint/no-empty-function -- a list without entries
  eachProject: async function* () {},
  starProject: () => Promise.resolve({ changed: true }),
};

/** What may be left out. */
export function accepted(where: { readonly project?: string; readonly group?: string }) {
  return [gitlab.getProjects(), gitlab.getProjectsOutput(), gitlab.getNotificationSettingsOutput(where)] as const;
}

/** What is refused. */
export function refused() {
  // @ts-expect-error which project is left out
  void gitlab.getProjectLanguages();
  // @ts-expect-error an output belongs into the form for outputs
  void gitlab.getProject({ project: {} as pulumi.Output<string> });
}
