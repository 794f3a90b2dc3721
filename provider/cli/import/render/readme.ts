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
    `# What is set up on GitLab\n\nA [Pulumi](https://www.pulumi.com) program for ${facts.gitlab}, written by \`npx pulumi-gitlab import\`. It is yours: rename, move and join what you like.`,
    firstUp(facts),
    secretsText(facts),
    importText(facts),
    ...further(facts),
    "## The type check\n\n`tsconfig.json` has `transpileOnly`, so that `pulumi up` starts without checking types, which takes longer than all the rest. `npm run check` checks them; let your CI run it. `strict` is on, and `satisfies` in the tables keeps their rows to the arguments that there are.",
    "## Later\n\n`npx pulumi-gitlab import --out .` adds what is new on GitLab in files of its own, with a line in `index.ts` and the new secrets in `config.ts`, above the comments that say so. It changes nothing else, and says what is gone. `npx pulumi-gitlab import --check` only reports what exists on GitLab and not in the stack, with exit status 3 if there is something. Both read the stack by `pulumi stack export`. `gitlab-import.json` is their memory: keep it in version control.",
  ];
  return `${sections.join("\n\n")}\n`;
}

function firstUp({ settings, mode }: ReadmeFacts): string {
  const config = mode === "env" ? "export GITLAB_TOKEN=..." : "./set-config.sh";
  const asked = mode === "env" || settings.length === 0 ? "" : " and for each secret";
  const about = mode === "env" ? "a token of the scope `api`" : `asks for a token of the scope \`api\`${asked}`;
  return `## The first up\n\n\`\`\`sh\nnpm install\npulumi stack init dev\n${config} # ${about}\npulumi preview\npulumi up\n\`\`\`\n\nThe first \`pulumi up\` creates nothing on GitLab: it takes over what is there. The second has nothing to do.`;
}

function secretsText({ settings, mode, hasOmittedSecrets }: ReadmeFacts): string {
  const isEnv = mode === "env";
  const name = (setting: SecretSetting) => (isEnv ? variableName(setting.name) : setting.name);
  const list = settings.map((setting) => `- \`${name(setting)}\`: ${escaped(usesText(setting))}`);
  const given =
    settings.length === 0
      ? []
      : [
          `GitLab shows none of these ${isEnv ? "environment variables" : "settings"}, and the program needs them. Objects that go to one address with one account, or to one channel, share one: where that is wrong, give one of them a name of its own before the first \`pulumi up\`, which overwrites what GitLab has.`,
          list.join("\n"),
          ...(isEnv
            ? []
            : [
                "All at once: write them into `secrets.env`, a line `name=value` each (or `secrets.json`), and run `npx pulumi-gitlab import --secrets-file secrets.env --out .`, which hands each to `pulumi config set --secret` on its standard input, so that no list of processes shows it. Git ignores both files; delete them afterwards.",
              ]),
        ];
  const omitted = hasOmittedSecrets
    ? [
        "Other secrets are left to GitLab, which keeps them: the comments at the top of each file count them. To manage one, give its argument. When the address of a hook or an integration changes, GitLab drops the secrets that are not sent along.",
      ]
    : [];
  const all = [...given, ...omitted];
  return `## Secrets\n\n${(all.length > 0 ? all : ["The program needs none but the token."]).join("\n\n")}`;
}

function importText({ fleets }: ReadmeFacts): string {
  const fleet = fleets
    ? " A fleet has no `import`: it takes over what equals its entries, so run `pulumi up` before you change them."
    : "";
  return `## When \`import\` can go\n\nThe option \`import\` says what a resource takes over. It counts only while a resource is not in the stack's state: once \`pulumi up\` has run for every stack of this program, the options may stay or go, in any order. With them, the numbers in the tables can go too. Leave them as long as another stack, or a stack that was lost, may have to take the objects over.${fleet}`;
}

function further({ hasArchived, inherited }: ReadmeFacts): string[] {
  const archived = hasArchived
    ? [
        "Projects with the comment `archived` are archived: GitLab refuses most changes in them until they are not. `--no-archived` leaves them out.",
      ]
    : [];
  const inherits =
    inherited > 0
      ? [
          `${inherited === 1 ? "One integration inherits its settings and is" : `${inherited} integrations inherit their settings and are`} left to the group or the instance where they are set: \`--include-inherited\` writes them too.`,
        ]
      : [];
  const all = [...archived, ...inherits];
  return all.length > 0 ? [`## What else is there\n\n${all.join("\n\n")}`] : [];
}

/** A text in which Markdown sees nothing of its own. */
function escaped(text: string): string {
  return text.replace(/[\\`*_[\]<>|]/g, "\\$&");
}
