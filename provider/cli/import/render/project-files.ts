import * as path from "node:path";

/**
 * The files that make a folder a Pulumi project, for a folder that is none yet.
 *
 * @param folder the folder; its name becomes the project's
 * @param version this package's
 */
export function projectFiles(folder: string, version: string): ReadonlyMap<string, string> {
  const name = path.basename(path.resolve(folder)).replace(/[^\w.-]+/g, "-") || "gitlab";
  const compilerOptions = {
    target: "ES2022",
    module: "nodenext",
    moduleResolution: "nodenext",
    strict: true,
    skipLibCheck: true,
    noEmit: true,
  };
  return new Map([
    ["Pulumi.yaml", `name: ${JSON.stringify(name)}\ndescription: What is set up on GitLab\nruntime: nodejs\n`],
    [
      "package.json",
      json({
        name: name.toLowerCase(),
        private: true,
        main: "index.ts",
        scripts: { check: "tsc" },
        dependencies: { "@pulumi/pulumi": "^3.216.0", "pulumi-gitlab-dynamic": `^${version}` },
        devDependencies: { "@types/node": "^20.19.0", typescript: "^6.0.0" },
      }),
    ],
    // The type check takes longer than all the rest of a program's start: `npm run check` does it apart.
    ["tsconfig.json", json({ compilerOptions, "ts-node": { transpileOnly: true }, files: ["index.ts"] })],
    [".gitignore", "node_modules/\nsecrets.env\nsecrets.json\n"],
  ]);
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
