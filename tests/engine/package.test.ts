import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { promisify } from "node:util";
import { startSandbox, type Sandbox } from "gitlab-sandbox";
import { changing, openStandIn, secret, type Driver } from "gitlab-sandbox/drivers";
import { quickstartConfig, quickstartProject } from "./support/quickstart";

const repository = path.resolve(__dirname, "../..");

interface Manifest {
  readonly bin: Readonly<Record<string, string>>;
  readonly main: string;
  readonly types: string;
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

/** How users' compilers look packages up. */
const resolutions: Readonly<Record<string, object>> = {
  // What `node` resolves like; the compiler says that it is old.
  node: { module: "commonjs", moduleResolution: "node", ignoreDeprecations: "6.0" },
  node16: { module: "node16", moduleResolution: "node16" },
  bundler: { module: "esnext", moduleResolution: "bundler" },
};

async function run(directory: string, file: string, ...args: string[]): Promise<string> {
  const options = { cwd: directory, maxBuffer: 64 * 1024 * 1024 };
  try {
    return (await promisify(execFile)(file, args, options)).stdout;
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${[file, ...args].join(" ")} failed:\n${stdout}${stderr}`, { cause: error });
  }
}

describe("the package as users get it", () => {
  const home = mkdtempSync(path.join(tmpdir(), "gitlab-package-"));
  const project = path.join(home, "project");
  const installed = path.join(project, "node_modules/pulumi-gitlab-dynamic");
  let packed: string[] = [];

  beforeAll(async () => {
    const pack = ["pack", "--ignore-scripts", "--json", "--pack-destination", home];
    const [tarball] = JSON.parse(await run(repository, "npm", ...pack)) as [
      { filename: string; files: { path: string }[] },
    ];
    packed = tarball.files.map((file) => file.path);
    mkdirSync(project);
    for (const file of ["index.ts", "Pulumi.yaml", "tsconfig.json"]) {
      writeFileSync(path.join(project, file), readFileSync(path.join(repository, "examples/quickstart", file)));
    }
    const { "@pulumi/pulumi": sdk, typescript } = manifestOf(repository).devDependencies;
    writeFileSync(
      path.join(project, "package.json"),
      JSON.stringify({
        name: "users-program",
        private: true,
        main: "index.ts",
        dependencies: { "@pulumi/pulumi": sdk, "pulumi-gitlab-dynamic": `file:${path.join(home, tarball.filename)}` },
        devDependencies: { typescript },
      }),
    );
    await run(project, "npm", "install", "--prefer-offline", "--no-audit", "--no-fund", "--ignore-scripts", "--silent");
  }, 300_000);

  afterAll(() => {
    rmSync(home, { recursive: true, force: true });
  });

  it("holds what runs, its documents, and nothing else", () => {
    const outside = packed.filter((file) => !/^(dist|bin)\//.test(file)).sort();
    expect(outside).toEqual(["CHANGELOG.md", "LICENSE", "README.md", "SECURITY.md", "package.json"]);
    const others = packed.filter((file) => file.startsWith("dist/") && !/\.(js|d\.ts)$/.test(file));
    expect(others).toEqual(["dist/descriptions.json"]);
  });

  it("has every file that its package.json names", () => {
    const { main, types, bin, exports } = manifestOf(installed);
    const targets = Object.values(exports).flatMap((target) =>
      typeof target === "string" ? [target] : Object.values(target),
    );
    for (const file of [main, types, ...Object.values(bin), ...targets]) {
      expect({ file, isThere: existsSync(path.join(installed, file)) }).toEqual({ file, isThere: true });
    }
  });

  it("brings no second SDK along", () => {
    expect(existsSync(path.join(installed, "node_modules/@pulumi"))).toBe(false);
  });

  it("loads from CommonJS and from modules, and keeps everything else to itself", async () => {
    const names = "[gitlab.ProjectHook, gitlab.integrations.Slack, gitlab.Provider].map((item) => item.name).join()";
    const common = `const gitlab = require("pulumi-gitlab-dynamic"); console.log(${names})`;
    const modern =
      `import * as gitlab from "pulumi-gitlab-dynamic"; import { ProjectHook } from "pulumi-gitlab-dynamic";` +
      `if (ProjectHook !== gitlab.ProjectHook) throw new Error("two classes"); console.log(${names})`;
    expect(await run(project, process.execPath, "-e", common)).toBe("ProjectHook,Slack,Provider\n");
    expect(await run(project, process.execPath, "--input-type=module", "-e", modern)).toBe(
      "ProjectHook,Slack,Provider\n",
    );
    const inner = run(project, process.execPath, "-e", 'require("pulumi-gitlab-dynamic/dist/program/resource")');
    await expect(inner).rejects.toThrow("ERR_PACKAGE_PATH_NOT_EXPORTED");
  });

  it.each(Object.entries(resolutions))("type checks with moduleResolution %s", async (name, options) => {
    const handlers = 'import { handler } from "pulumi-gitlab-dynamic/handlers";\nhandler("ProjectHook");\n';
    writeFileSync(path.join(project, "handlers.ts"), handlers);
    const file = path.join(project, `tsconfig.${name}.json`);
    const shared = { target: "es2022", strict: true, noEmit: true, skipLibCheck: true, types: [] };
    writeFileSync(
      file,
      JSON.stringify({ compilerOptions: { ...shared, ...options }, files: ["index.ts", "handlers.ts"] }),
    );
    expect(
      await run(project, process.execPath, path.join(project, "node_modules/typescript/bin/tsc"), "-p", file),
    ).toBe("");
  });

  describe("runs the quickstart", () => {
    let sandbox: Sandbox;
    let driver: Driver;

    beforeAll(async () => {
      sandbox = await startSandbox();
      const stateDirectory = path.join(home, "state");
      mkdirSync(stateDirectory);
      driver = await openStandIn({
        programDirectory: project,
        stateDirectory,
        project: quickstartProject,
        stack: "package",
        config: { "gitlab:baseUrl": sandbox.url, "gitlab:token": secret(sandbox.token), ...quickstartConfig },
      });
    });

    afterAll(async () => {
      await sandbox.stop();
    });

    it.each([
      ["preview", { hooks: 0, integrations: 0, pushRules: 0 }],
      ["up", { hooks: 2, integrations: 5, pushRules: 1 }],
      ["destroy", { hooks: 0, integrations: 0, pushRules: 0 }],
    ] as const)("%s", async (operation, objects) => {
      const { ok, output, steps } = await driver[operation]();
      expect({ ok, output }).toEqual({ ok: true, output });
      expect(changing(steps)).toHaveLength(9);
      expect(sandbox.control.objects()).toMatchObject(objects);
    });
  });
});

function manifestOf(directory: string): Manifest {
  return JSON.parse(readFileSync(path.join(directory, "package.json"), "utf8")) as Manifest;
}
