import { startSandbox } from "gitlab-sandbox";
import { Connection } from "../../../provider/operations/connection";
import { settings } from "../client/around";

test("a look-up that is given up soon does not fail for those who wait", async () => {
  const sandbox = await startSandbox();
  const connection = new Connection(settings(sandbox.url, { token: sandbox.token }));
  sandbox.control.addFault({ path: "^/projects/42$", status: 503, times: 4 });
  const [hasty, patient] = await Promise.allSettled([
    connection.impatient().parent("project", "42"),
    connection.parent("project", "42"),
  ]);
  expect([hasty.status, patient.status]).toEqual(["rejected", "fulfilled"]);
  await connection.impatient().parent("project", "acme/shop");
  expect(sandbox.control.requests().filter(({ status }) => status === 200)).toHaveLength(1);
  await sandbox.stop();
});
