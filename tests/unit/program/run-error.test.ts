import { inspect } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import { runError } from "../../../provider/program/run-error";

test("an error of a program is one that the SDK prints without a stack", () => {
  expect(pulumi.RunError.isInstance(runError("one sentence"))).toBe(true);
  expect(runError("one sentence").message).toBe("one sentence");
});

test("an error of a program has no paths, which Node.js colors slowly", () => {
  expect(inspect(runError("one sentence"), { colors: false })).not.toContain("node_modules");
});
