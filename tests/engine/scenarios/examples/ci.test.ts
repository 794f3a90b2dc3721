import { spawnSync } from "node:child_process";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, dirname, join, resolve } from "node:path";
import { findCli, makeWorkspace } from "gitlab-sandbox/drivers";

const repository = resolve(__dirname, "../../../..");
// The stand-in engine is no command.
const describeOnCli = process.env.SCENARIO_ENGINE === "pulumi" ? describe : describe.skip;

const settings = `encryptionsalt: v1:hIDeYJFw7Pw=:v1:Lk2kLQDYJIJ0WWNE:nobodyHasThePassphraseOfThis==
config:
  gitlab:baseUrl: http://127.0.0.1:9
  gitlab:token:
    secure: v1:nobody:canOpenThis==
${["mattermostWebhook", "discordWebhook", "jiraToken", "jenkinsPassword", "deployKey", "hookToken"]
  .map((name) => `  gitlab-quickstart:${name}:\n    secure: v1:nobody:canOpenThis==\n`)
  .join("")}`;

describeOnCli("the example for CI", () => {
  it("previews in a pipeline that has no variables, as those of forks", async () => {
    const cli = await findCli();
    const workspace = makeWorkspace(join(repository, "examples/quickstart"), join(repository, "node_modules"));
    try {
      const folder = workspace.programDirectory;
      for (const name of ["select-stack.mjs", "post-preview.mjs"]) {
        cpSync(join(repository, "examples/ci", name), join(folder, name));
      }
      writeFileSync(join(folder, "Pulumi.dev.yaml"), settings);
      const yaml = createRequire(require.resolve("@pulumi/pulumi"))("js-yaml") as { load: (text: string) => unknown };
      const template = yaml.load(readFileSync(join(repository, "examples/ci/.gitlab-ci.yml"), "utf8")) as {
        variables: Record<string, string>;
        preview: { script: string[] };
      };
      const { status, stdout, stderr } = spawnSync("/bin/sh", ["-e", "-c", template.preview.script.join("\n")], {
        cwd: folder,
        encoding: "utf8",
        env: {
          ...template.variables,
          PATH: [dirname(cli?.file ?? ""), dirname(process.execPath), "/usr/bin", "/bin"].join(delimiter),
          PULUMI_HOME: join(workspace.stateDirectory, "home"),
          PULUMI_SKIP_UPDATE_CHECK: "true",
          PULUMI_NODEJS_TRANSPILE_ONLY: "true",
        },
      });
      expect(stderr).not.toMatch(/error/i);
      expect(stdout).toContain("### Preview of `dev`, offline: 8 to create");
      expect(stdout.match(/is set/g)).toHaveLength(1);
      expect(status).toBe(0);
    } finally {
      workspace.remove();
    }
  });
});
