import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { Diagnostics } from "../../../sandbox/engine/diagnostics";
import { ProviderProcess } from "../../../sandbox/engine/provider-process";

const directory = resolve(__dirname, "../../..");

/** The processes that this one has started. */
function children(): number[] {
  const { stdout } = spawnSync("pgrep", ["-P", String(process.pid), "-f", "dynamic-provider"], { encoding: "utf8" });
  return stdout.split("\n").filter(Boolean).map(Number);
}

test("a provider process that answers nothing any more is ended all the same", async () => {
  const diagnostics = new Diagnostics("urn:pulumi:dev::app::pulumi:pulumi:Stack::app-dev");
  const provider = await ProviderProcess.start({ directory, env: {}, engineAddress: "127.0.0.1:1", diagnostics });
  const [pid = 0] = children();
  process.kill(pid, "SIGSTOP");
  await provider.close();
  expect(children()).toEqual([]);
}, 30_000);
