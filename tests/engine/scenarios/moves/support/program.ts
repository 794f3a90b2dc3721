import type { Kind, Row } from "./kinds";

/** How a program declares the objects of a kind. */
export interface Declaration {
  readonly kind: Kind;
  /** One resource for each object, or one fleet for all. */
  readonly form: "single" | "fleet";
  readonly name: string;
  /** Whether single resources name their objects with `import`. */
  readonly isImported: boolean;
  /** Whether they use a provider that the program makes. */
  readonly hasOwnProvider: boolean;
  /** Whether they are in a component. */
  readonly isNested: boolean;
  readonly replacementTrigger?: string;
}

/** Where the objects of a kind are: a project and what was in it before the move. */
export interface Place {
  readonly project: number;
  readonly path: string;
  readonly rows: readonly Row[];
}

/** The resource that fails where a test wants it, after all others. */
export const unrelated = "unrelated";

const STACK = "urn:pulumi:dev::app::";
const COMPONENT = "test:index:Box";

/** The names of the resources that declare a kind's objects. */
export function namesOf({ kind, form, name }: Declaration): string[] {
  const count = kind.args("").length;
  return form === "fleet" || count === 1 ? [name] : Array.from({ length: count }, (_, nth) => `${name}-${nth}`);
}

/** The URNs of those resources. */
export function urnsOf(declaration: Declaration): string[] {
  const { kind, form, isNested } = declaration;
  const [className = "", ...modules] = kind.className.split(".").reverse();
  const path = ["gitlab", ...(form === "fleet" ? ["fleet"] : []), ...modules.reverse()].join("/");
  const type = `${isNested ? `${COMPONENT}$` : ""}pulumi-nodejs:dynamic/${path}:${className}`;
  return namesOf(declaration).map((name) => `${STACK}${type}::${name}`);
}

/** The URN of {@link unrelated}. */
export const unrelatedUrn = `${STACK}pulumi-nodejs:dynamic/gitlab:ProjectHook::${unrelated}`;

/** A program that declares all of these and, where `other` names a project for it, after them {@link unrelated}. */
export function programOf(
  declarations: readonly Declaration[],
  places: ReadonlyMap<Kind, Place>,
  other?: string,
): string {
  return [
    'const settings = new pulumi.Config("gitlab");',
    "const made = [];",
    declarations.some(({ hasOwnProvider }) => hasOwnProvider) &&
      'const provider = new gitlab.Provider("own", { baseUrl: settings.require("baseUrl"), token: settings.requireSecret("token") });',
    declarations.some(({ isNested }) => isNested) &&
      `const parent = new pulumi.ComponentResource("${COMPONENT}", "box");`,
    ...declarations.flatMap((declaration) => statements(declaration, places.get(declaration.kind))),
    other !== undefined &&
      `new gitlab.ProjectHook("${unrelated}", { project: "${other}", url: "https://ci.example.com" }, { dependsOn: made });`,
  ]
    .filter((line) => line !== false)
    .join("\n");
}

function statements(declaration: Declaration, place: Place | undefined): string[] {
  if (!place) throw new Error(`no place for ${declaration.kind.name}`);
  const { kind, form, name } = declaration;
  const args = kind.args(place.path);
  if (form === "fleet") {
    const entries = Object.fromEntries(args.map((entry, nth) => [`entry-${nth}`, entry]));
    const text = `"${name}", gitlab.${kind.className}, ${JSON.stringify(entries)}, ${optionsOf(declaration)}`;
    return [`made.push(new gitlab.Fleet(${text}));`];
  }
  return namesOf(declaration).map((resource, nth) => {
    const options = optionsOf(declaration, declaration.isImported ? idOf(kind, place, nth) : undefined);
    return `made.push(new gitlab.${kind.className}("${resource}", ${JSON.stringify(args[nth])}, ${options}));`;
  });
}

function optionsOf({ hasOwnProvider, isNested, replacementTrigger }: Declaration, id?: string): string {
  const texts = [
    id !== undefined && `import: "${id}"`,
    hasOwnProvider && "provider",
    isNested && "parent",
    replacementTrigger !== undefined && `replacementTrigger: "${replacementTrigger}"`,
  ];
  return `{ ${texts.filter((text) => text !== false).join(", ")} }`;
}

/** The ID of the nth object of a kind. */
export function idOf({ slot }: Kind, { project, rows }: Pick<Place, "project" | "rows">, nth: number): string {
  if (slot === "") return `projects/${rows[nth]?.number ?? 0}`;
  return `projects/${project}/${slot ?? `hooks/${rows[nth]?.number ?? 0}`}`;
}
