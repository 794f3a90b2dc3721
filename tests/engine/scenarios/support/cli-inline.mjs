// Runs a program as a function of this process through the Automation API: FOLDER STACK PROGRAM KIND...
// The last line it prints is a list: for each operation, whether it succeeded.
import { createRequire } from "node:module";
import { LocalWorkspace } from "@pulumi/pulumi/automation/index.js";

const [folder, stackName, file, ...kinds] = process.argv.slice(2);
process.chdir(folder);
const program = createRequire(import.meta.url)(file);
const stack = await LocalWorkspace.selectStack({ stackName, projectName: "app", program }, { workDir: folder });
const done = [];
for (const kind of kinds) {
  try {
    await stack[kind]();
    done.push(true);
  } catch (error) {
    console.log(String(error));
    done.push(false);
  }
}
console.log(JSON.stringify(done));
