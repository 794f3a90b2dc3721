import type { SecretSetting } from "../model/secret-settings";
import type { SecretMode } from "../options";
import { variableName } from "./values";
import { usesText } from "./set-config";

/** What the README tells of a program. */
export interface ReadmeFacts {
  /** GitLab's address, without `/api/v4`. */
  readonly gitlab: string;
  readonly settings: readonly SecretSetting[];
  readonly mode: SecretMode;
  /** Names of secrets that the program leaves to GitLab. */
  readonly hasOmittedSecrets: boolean;
  readonly fleets: boolean;
  readonly hasArchived: boolean;
  /** Integrations that inherit and are in no file. */
  readonly inherited: number;
}

/** The README of the project around the program. */
export function readmeText(facts: ReadmeFacts): string {
  const sections = [
    `# GitLab settings\n\nA [Pulumi](https://www.pulumi.com) program for ${facts.gitlab}, written by \`npx pulumi-gitlab import\`. Rename, move and edit what you like: a later import changes nothing that is here.`,
    firstUp(facts),
    secretsText(facts),
    importText(facts),
    ...further(facts),
    "## The type check\n\n`tsconfig.json` has `transpileOnly`, so `pulumi up` starts without the type check, which takes longer than the rest of the start. `npm run check` checks the types; run it in CI. `strict` is on, and `satisfies` makes the compiler check the rows of the tables.",
    "## Later\n\n`npx pulumi-gitlab import --out .` adds new objects in new files, with a line in `index.ts` and the new secrets in `config.ts`, above the comments that mark the place. It changes nothing else, and reports objects that no longer exist. `npx pulumi-gitlab import --check` only reports objects that are not in the stack or no longer exist; the exit status is then 3. Both read the state with `pulumi stack export`. `gitlab-import.json` lists what was imported: commit it.",
  ];
  return `${sections.join("\n\n")}\n`;
}

function firstUp({ settings, mode }: ReadmeFacts): string {
  const config = mode === "env" ? "export GITLAB_TOKEN=..." : "./set-config.sh";
  const asked = mode === "env" || settings.length === 0 ? "" : " and for each secret";
  const about = mode === "env" ? "a token of the scope `api`" : `asks for a token of the scope \`api\`${asked}`;
  return `## The first up\n\n\`\`\`sh\nnpm install\npulumi stack init dev\n${config} # ${about}\npulumi preview\npulumi up\n\`\`\`\n\nThe first \`pulumi up\` creates nothing on GitLab: it imports what exists. The second has no changes.`;
}

function secretsText({ settings, mode, hasOmittedSecrets }: ReadmeFacts): string {
  const isEnv = mode === "env";
  const name = (setting: SecretSetting) => (isEnv ? variableName(setting.name) : setting.name);
  const list = settings.map((setting) => `- \`${name(setting)}\`: ${escaped(usesText(setting))}`);
  const given =
    settings.length === 0
      ? []
      : [
          `GitLab does not return the values of these ${isEnv ? "environment variables" : "settings"}, and the program needs them. Objects that use one URL with one account, or one channel, share a value. If an object has a value of its own, give it a name of its own before the first \`pulumi up\`, which overwrites the value on GitLab.`,
          list.join("\n"),
          ...(isEnv
            ? []
            : [
                "To store all values at once, write them to `secrets.env` as lines `name=value` (or to `secrets.json`), and run `npx pulumi-gitlab import --secrets-file secrets.env --out .`. It passes each value on the standard input of `pulumi config set --secret`, so that it is on no command line. Git ignores both files; delete them afterwards.",
              ]),
        ];
  const omitted = hasOmittedSecrets
    ? [
        "Other secrets are not in the program, and GitLab keeps them: a comment at the top of each file counts them. To manage one, set its argument. If the URL of a hook or an integration changes, GitLab deletes the secrets that the program does not send.",
      ]
    : [];
  const all = [...given, ...omitted];
  return `## Secrets\n\n${(all.length > 0 ? all : ["The program needs none except the token."]).join("\n\n")}`;
}

function importText({ fleets }: ReadmeFacts): string {
  const fleet = fleets
    ? " A fleet has no `import`: it imports objects that equal its entries, so run `pulumi up` before you change them."
    : "";
  return `## When to remove \`import\`\n\nThe option \`import\` names the existing object of a resource. It has an effect only until the resource is in the state of the stack: after \`pulumi up\` of every stack of this program, you can remove the options, in any order, and the IDs in the tables with them. Keep them if another stack, or a new one in place of a lost one, may have to import the objects.${fleet}`;
}

function further({ hasArchived, inherited }: ReadmeFacts): string[] {
  const archived = hasArchived
    ? [
        "Projects with the comment `archived` are archived: GitLab refuses most changes in them. `--no-archived` omits them.",
      ]
    : [];
  const inherits =
    inherited > 0
      ? [
          `${inherited === 1 ? "One integration inherits its settings and is" : `${inherited} integrations inherit their settings and are`} not in the program: the group or the instance has them. \`--include-inherited\` writes them too.`,
        ]
      : [];
  const all = [...archived, ...inherits];
  return all.length > 0 ? [`## Notes\n\n${all.join("\n\n")}`] : [];
}

/** A text in which Markdown sees nothing of its own. */
function escaped(text: string): string {
  return text.replace(/[\\`*_[\]<>|]/g, "\\$&");
}
