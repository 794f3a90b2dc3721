import { className } from "../../core/definition";
import { argumentsShown, type Shown } from "./render-args";
import { comment, constant, construction, property, propertyName, quoted } from "./code";
import type { ImportedFleet } from "./fleets";
import { isWritten, type Imported, type ParentResources } from "./imported";
import { sharedTexts } from "./shared";

/** What the program says about where it comes from. */
export interface Origin {
  /** GitLab's address, without `/api/v4`. */
  readonly gitlab: string;
  /** The command's version. */
  readonly version: string;
}

const takenOver = "The option `import` takes over what is there. Once `pulumi up` has run, it may go or stay.";
const takenByFleets =
  "A fleet takes over what equals its entries, as all of these do now: run `pulumi up` before you change them.";

/** Writes the program that takes over everything in `sections` and `fleets`, in the form that Prettier gives it. */
export function programOf(
  sections: readonly ParentResources[],
  origin: Origin,
  fleets: readonly ImportedFleet[] = [],
): string {
  const single = sections.flatMap(({ imported }) => imported.filter(isWritten));
  const written = [...single, ...fleets.flatMap(({ entries }) => [...entries.values()])];
  const shared = sharedTexts(written);
  const bodies = [
    ...sections.map((section) => sectionLines(section, shared)).filter((lines) => lines.length > 0),
    ...fleets.map((fleet) => fleetLines(fleet, shared)),
  ];
  const needsConfig = written.some(({ given }) => [...given.values()].some(({ kind }) => kind !== "plain"));
  const constants = [...shared.values()].flatMap(({ name, text }) => constant(name, { kind: "text", text }));
  const parts = [
    [
      ...comment(`Written by pulumi-gitlab ${origin.version} from what was set up on ${origin.gitlab}.`, ""),
      ...(single.length > 0 || fleets.length === 0 ? comment(takenOver, "") : []),
      ...(fleets.length > 0 ? comment(takenByFleets, "") : []),
      ...(needsConfig ? ['import * as pulumi from "@pulumi/pulumi";'] : []),
      'import * as gitlab from "pulumi-gitlab-dynamic";',
    ],
    ...(needsConfig
      ? [
          [
            ...comment("Secrets, which GitLab does not return: see set-config.sh.", ""),
            "const config = new pulumi.Config();",
          ],
        ]
      : []),
    ...(constants.length > 0 ? [[...comment("What several resources share.", ""), ...constants]] : []),
    ...bodies,
  ];
  return `${parts.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function sectionLines(section: ParentResources, shared: Shown["shared"]): string[] {
  const { parent, imported } = section;
  const written = imported.filter(isWritten);
  const notes = notesOf(section);
  if (written.length === 0 && notes.length === 0) return [];
  const title = parent ? `${parent.scope === "group" ? "Group" : "Project"} ${parent.path}` : "The owner of the token";
  if (written.length === 0) return [...comment(title, ""), ...notes.flatMap((note) => comment(note, ""))];
  const scope = parent && { name: parent.scope, path: parent.path };
  const first = scope ? constant(scope.name, { kind: "text", text: scope.path }, "  ") : [];
  const resources = written.map((one) => resourceLines(one, scope?.name, shared));
  const blocks = [...(first.length > 0 ? [first] : []), ...resources];
  return [
    ...comment(title, ""),
    ...notes.flatMap((note) => comment(note, "")),
    "{",
    ...blocks.flatMap((lines, index) => (index === 0 ? lines : ["", ...lines])),
    "}",
  ];
}

/** What is there and is no resource of the program. */
function notesOf({ imported, inactive, inherited, foreign }: ParentResources): string[] {
  const refused = imported.filter((one) => !isWritten(one));
  return [
    ...(inactive.length > 0
      ? [`Switched off, which GitLab's API can only undo, so left out: ${inactive.join(", ")}.`]
      : []),
    ...(inherited.length > 0 ? [`Inherited, and left to where the settings come from: ${inherited.join(", ")}.`] : []),
    ...(foreign.length > 0 ? [`This package has no class for: ${foreign.join(", ")}.`] : []),
    ...refused.map(
      ({ id, sighting, problems }) =>
        `${className(sighting.definition)} at ${id} is left out, since its arguments would be refused: ${problems.join("; ")}.`,
    ),
  ];
}

function resourceLines(one: Imported, scope: string | undefined, shared: Shown["shared"]): string[] {
  return [
    `  new gitlab.${one.sighting.definition.name}(`,
    `    ${quoted(one.name)},`,
    "    {",
    ...(scope === undefined ? [] : [`      ${scope},`]),
    ...argumentsShown(one, { shared, indent: "      " }),
    "    },",
    `    { import: ${quoted(one.id)} },`,
    "  );",
  ];
}

function fleetLines({ definition, name, entries }: ImportedFleet, shared: Shown["shared"]): string[] {
  return construction(["gitlab.Fleet", quoted(name), `gitlab.${definition.name}`], (indent) =>
    [...entries].flatMap(([key, one]) => [
      `${indent}${propertyName(key)}: {`,
      ...entryLines(one, { shared, indent: `${indent}  ` }),
      `${indent}},`,
    ]),
  );
}

function entryLines(one: Imported, shown: Shown): string[] {
  const { parent } = one.sighting;
  const scope = parent ? property(parent.scope, { kind: "text", text: parent.path }, shown.indent) : [];
  return [...scope, ...argumentsShown(one, shown)];
}
