// Runs a program as a function of this process through the Automation API: FOLDER STACK PROGRAM KIND...
// Prints a line of JSON for each operation.
import { createRequire } from "node:module";
import { LocalWorkspace } from "@pulumi/pulumi/automation/index.js";

const [folder, stackName, file, ...kinds] = process.argv.slice(2);
process.chdir(folder);
const program = createRequire(import.meta.url)(file);
const stack = await LocalWorkspace.selectStack({ stackName, projectName: "app", program }, { workDir: folder });
for (const kind of kinds) {
  let result;
  try {
    const { stdout, stderr } = await stack[kind]();
    result = { ok: true, output: `${stdout}${stderr}` };
  } catch (error) {
    result = { ok: false, output: String(error) };
  }
  console.log(JSON.stringify(result));
}
