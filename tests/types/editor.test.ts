import * as path from "node:path";
import ts from "typescript";
import * as gitlab from "pulumi-gitlab-dynamic";
import { programOptions } from "../support/program-options";
import { printedSchema } from "../support/schema";

/** A program as an editor has it open, in a project that depends on the compiled package. */
const file = path.resolve(__dirname, "../../examples/quickstart/editor.ts");

/** What TypeScript answers to an editor about a text. */
class Editor {
  readonly #service: ts.LanguageService;

  constructor(readonly text: string) {
    const read = (name: string) => (name === file ? text : ts.sys.readFile(name));
    this.#service = ts.createLanguageService({
      ...ts.sys,
      useCaseSensitiveFileNames: () => ts.sys.useCaseSensitiveFileNames,
      getCompilationSettings: () => programOptions,
      getScriptFileNames: () => [file],
      getScriptVersion: () => "1",
      getScriptSnapshot: (name) => {
        const content = read(name);
        return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content);
      },
      getDefaultLibFileName: (given) => ts.getDefaultLibFilePath(given),
      fileExists: (name) => name === file || ts.sys.fileExists(name),
      readFile: read,
    });
  }

  /** What is shown over the end of a piece of the text. */
  hover(piece: string): {
    readonly text: string;
    readonly comment: string;
    readonly tags: ReadonlyMap<string, string>;
  } {
    const info = this.#service.getQuickInfoAtPosition(file, this.#after(piece) - 1);
    const tags = (info?.tags ?? []).map((tag) => [tag.name, ts.displayPartsToString(tag.text)] as const);
    return {
      text: ts.displayPartsToString(info?.displayParts),
      comment: ts.displayPartsToString(info?.documentation),
      tags: new Map(tags),
    };
  }

  /** What is shown of the function that is called after a piece of the text, while its arguments are written. */
  help(piece: string): string {
    const help = this.#service.getSignatureHelpItems(file, this.#after(piece), {});
    return ts.displayPartsToString(help?.items[0]?.documentation);
  }

  /** What is proposed after a piece of the text, each with what is shown of it. */
  proposals(piece: string): ReadonlyMap<string, string> {
    const at = this.#after(piece);
    const names = this.#service.getCompletionsAtPosition(file, at, {})?.entries.map(({ name }) => name) ?? [];
    return new Map(
      names.map((name) => {
        const details = this.#service.getCompletionEntryDetails(file, at, name, {}, undefined, {}, undefined);
        return [name, ts.displayPartsToString(details?.displayParts)] as const;
      }),
    );
  }

  /** What is said of each line that has something underlined. */
  problems(): ReadonlyMap<string, readonly string[]> {
    const lines = this.text.split("\n");
    const found = new Map<string, string[]>();
    for (const { start = 0, messageText } of this.#service.getSemanticDiagnostics(file)) {
      const line = lines[this.text.slice(0, start).split("\n").length - 1] ?? "";
      found.set(line, [...(found.get(line) ?? []), ts.flattenDiagnosticMessageText(messageText, "\n")]);
    }
    return found;
  }

  #after(piece: string): number {
    expect(this.text.split(piece)).toHaveLength(2);
    return this.text.indexOf(piece) + piece.length;
  }
}

const heading = `import * as pulumi from "@pulumi/pulumi";
import * as gitlab from "pulumi-gitlab-dynamic";
declare const project: string, group: string, url: string, password: string;
`;

const { resources } = printedSchema();
/** The types of zod, in any of the ways in which they are written. */
const zod = /zod/i;

describe("what an editor shows of a class", () => {
  const lines = resources.map(
    ({ class: name }, n) => `/* new ${n} */ new gitlab.${name}("${n}", { /* args ${n} */ });
/* read ${n} */ const read${n} = gitlab.${name}.get("read ${n}", "1");
read${n}./* outputs ${n} */;
/* type ${n} */ type Args${n} = gitlab.${name}Args;
`,
  );
  lines.push('/* new Fleet */ new gitlab.Fleet("fleet", gitlab.ProjectHook, {});\n');
  lines.push('/* new Provider */ new gitlab.Provider("provider", {});\n');
  const editor = new Editor(heading + lines.join(""));
  const classes = resources.map((resource, n) => [resource.class, n, resource] as const);

  it.each(classes)(
    "%s: what it is, GitLab's page and an example, and its arguments by their name",
    (name, n, resource) => {
      const { text, comment, tags } = editor.hover(`/* new ${n} */ new gitlab.${name}`);
      expect(text).toContain(`args: gitlab.${name}Args & NoOutput`);
      expect(comment.replaceAll(/\s+/g, " ")).toContain(resource.description.split(/\n|(?<=\.) /)[0] ?? "?");
      expect(tags.get("see")).toContain(resource.page.replace("https://", ""));
      expect(tags.get("example")).toContain(`new gitlab.${name}("`);
      expect(text).not.toMatch(zod);
    },
  );

  it.each(["Fleet", "Provider"])("%s, which is no resource of GitLab's: what it is, and an example", (name) => {
    const { text, comment, tags } = editor.hover(`/* new ${name} */ new gitlab.${name}`);
    expect(text).toContain("name: string");
    expect(comment).toMatch(/^(Many objects of one kind|A connection to one GitLab)/);
    expect(tags.get("example")).toContain(`new gitlab.${name}(`);
    expect(text).not.toMatch(zod);
  });

  // What is proposed takes long to look at, and is of the same make in all of them.
  const some = [
    ...["GroupHook", "ProjectHook", "ProjectPushRule", "Project", "ProjectShare", "ProjectPullMirror"],
    ...["GlobalNotificationSettings", "integrations.Jira", "integrations.Jenkins", "integrations.Slack"],
  ];
  it.each(classes.filter(([name]) => some.includes(name)))(
    "%s: arguments and outputs by plain types",
    (name, n, resource) => {
      const shown = [
        editor.hover(`/* read ${n} */ const read${n}`).text,
        editor.hover(`gitlab.${name}.get("read ${n}"`.replace(`("read ${n}"`, "")).text,
        editor.hover(`/* type ${n} */ type Args${n}`).text,
      ];
      const args = editor.proposals(`{ /* args ${n} */`);
      const outputs = editor.proposals(`read${n}./* outputs ${n} */`);
      expect([...args.keys()]).toEqual(expect.arrayContaining([...resource.scopes, ...Object.keys(resource.fields)]));
      expect([...outputs.keys()]).toEqual(
        expect.arrayContaining(Object.keys({ ...resource.fields, ...resource.outputs })),
      );
      expect([...args.keys()].filter((key) => !/^\w+$/.test(key))).toEqual([]);
      expect([...shown, ...args.values(), ...outputs.values()].filter((each) => each === "" || zod.test(each))).toEqual(
        [],
      );
      expect(args.get(Object.keys(resource.fields)[0] ?? "")).toMatch(/^\(property\) \w+\??: .*(Input<|string)/);
    },
  );
});

/** The functions in their form for plain arguments, and the further forms of each, by what they are a form of. */
const asked = Object.keys(gitlab).filter((name) => `${name}Output` in gitlab);
const furtherForms = [
  ...asked.map((name) => [`${name}Output`, `{@link ${name}} `] as const),
  ...Object.keys(gitlab)
    .filter((name) => name.startsWith("each"))
    .map((name) => [name, `{@link ${name.replace("each", "get")}s} `] as const),
];

describe("what an editor shows of a function that a program calls", () => {
  const called = [...asked, ...furtherForms.map(([name]) => name)];
  const lines = called.map((name) => `/* call ${name} */ void gitlab.${name}(undefined as never);`);
  const editor = new Editor(heading + lines.join("\n"));
  const shown = (name: string) => editor.hover(`/* call ${name} */ void gitlab.${name}`);
  const help = (name: string) => editor.help(`/* call ${name} */ void gitlab.${name}(`);

  it("there are functions of each form to look at", () => {
    expect(called).toEqual(expect.arrayContaining(["getProjects", "getProjectsOutput", "eachProject", "starProject"]));
  });

  it.each(asked)(
    "%s: what it does, GitLab's page, its arguments and its result, also while they are written",
    (name) => {
      const { text, comment, tags } = shown(name);
      expect(comment).toMatch(/^[A-Z].*\./);
      expect(help(name)).toBe(comment);
      expect(tags.get("see")).toContain("docs.gitlab.com/api/");
      expect(text).toMatch(/\(args\??: .*\): Promise</s);
    },
  );

  it.each(furtherForms)("%s: %s", (name, link) => {
    expect(shown(name).comment).toContain(link);
    expect(help(name)).toBe(shown(name).comment);
  });
});

const wrong: readonly (readonly [what: string, line: string, words: string])[] = [
  ["a project where a group belongs", 'new gitlab.GroupHook("h", { project });', "GiveGroupInsteadOfProject"],
  ["a group where a project belongs", 'new gitlab.ProjectHook("h", { group, url });', "GiveProjectInsteadOfGroup"],
  [
    "a group of an integration of projects",
    'new gitlab.integrations.GitHub("h", { group, token: "t", repositoryUrl: url });',
    "GiveProjectInsteadOfGroup",
  ],
  ["neither", 'new gitlab.integrations.Jira("j", { url, password });', "required in type 'GiveProjectOrGroup'"],
  [
    "neither, in a fleet",
    'new gitlab.Fleet("f", gitlab.integrations.Jira, { a: { url, password } });',
    "required in type 'GiveProjectOrGroup'",
  ],
  ["both", 'new gitlab.integrations.Jira("j", { url, password, project, group });', "'GiveProjectOrGroupAndNotBoth'"],
  [
    "one Output of all",
    'new gitlab.ProjectHook("h", pulumi.output({ project, url }));',
    "'GiveEachArgumentAndNotOneOutputOfAll'",
  ],
  [
    "one promise of all",
    'new gitlab.GlobalNotificationSettings("g", Promise.resolve({ level: "watch" }));',
    "'GiveEachArgumentAndNotOneOutputOfAll'",
  ],
  [
    "a name that no argument has",
    'new gitlab.integrations.Jira("j", { url, password, project, urls: url });',
    "'urls' does not exist in type",
  ],
  [
    "a required argument that is missing",
    'new gitlab.integrations.Jira("j", { url, project });',
    "'password' is missing",
  ],
  [
    "no project, where no group would do",
    'new gitlab.ProjectHook("h", { url });',
    "'project' is missing in type '{ url: string; }' but required in type 'ProjectHookArgs'",
  ],
];

describe("what the compiler says of arguments that are not right", () => {
  let problems: ReadonlyMap<string, readonly string[]>;

  beforeAll(() => {
    problems = new Editor(heading + wrong.map(([, line]) => line).join("\n")).problems();
  });

  it.each(wrong)("%s", (_, line, words) => {
    expect(problems.get(line)).toEqual([expect.stringContaining(words)]);
    expect(problems.get(line)?.join("\n")).not.toMatch(zod);
  });
});
