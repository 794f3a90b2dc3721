import type { ImportedFleet } from "../plan/fleets";
import type { ProgramFile } from "../plan/program";
import type { SharedText } from "../plan/constants";
import { block } from "./blocks";
import { concat, hardline, join, printed, type Doc } from "./doc";
import { fleetStatements } from "./fleets";
import { assignedText, comment } from "./literals";
import { loopStatement, table } from "./loops";
import type { ValueStyle } from "./values";

/** The text of one file of the program, in the form that Prettier gives it. */
export function fileText(file: ProgramFile, env: boolean): string {
  const style = { shared: file.shared, env };
  const { loops, blocks, folder } = file;
  const title = folder === undefined ? "What belongs to the owner of the token." : `What is set up in ${folder}.`;
  const statements = [
    ...loops.flatMap((loop) => [table(loop, style), loopStatement(loop, style)]),
    ...blocks.map((one) => block(one, style)),
  ];
  return assembled([title, ...file.notes], statements, style);
}

const takenByFleets =
  "A fleet imports objects that equal its entries, as all of these do now: run `pulumi up` before you change them.";

/** The text of the file that holds the fleets. */
export function fleetsText(
  fleets: readonly ImportedFleet[],
  shared: ReadonlyMap<string, SharedText>,
  env: boolean,
): string {
  const style = { shared, env };
  const statements = fleets.flatMap((fleet) => fleetStatements(fleet, style));
  return assembled([takenByFleets], statements, style);
}

function assembled(notes: readonly string[], statements: readonly Doc[], { shared, env }: ValueStyle): string {
  const constants = [...shared.values()].map(({ name, text }) => concat(assignedText(`const ${name} =`, text), ";"));
  const body = statements.map((statement) => printed(statement)).join("\n\n");
  const head = [...notes.map(comment), ...imports(body, env)];
  const parts = [
    printed(join(hardline, head)),
    ...(constants.length > 0 ? [printed(join(hardline, constants))] : []),
    body,
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

/** Only what the statements use. */
function imports(body: string, env: boolean): string[] {
  const uses = (pattern: RegExp) => pattern.test(body);
  return [
    ...(env && uses(/\bpulumi\.secret\(/) ? ['import * as pulumi from "@pulumi/pulumi";'] : []),
    ...(uses(/new gitlab\./) ? ['import * as gitlab from "pulumi-gitlab-dynamic";'] : []),
    ...(!env && uses(/\bconfig\.requireSecret\(/) ? ['import { config } from "./config";'] : []),
    ...(env && uses(/\bpulumi\.secret\(/) ? ['import "./config";'] : []),
    ...(body === "" ? ["export {};"] : []),
  ];
}
