import { version } from "@pulumi/pulumi/version";

/** The oldest SDK whose provider process stores the inputs that a read answers with. */
const oldest = { major: 3, minor: 216 };

/**
 * Whether the process runs an SDK that is too old.
 *
 * @returns a list of no or one sentence
 */
export function sdkProblem(running: string = version): string[] {
  const [major = 0, minor = 0] = running.split(".").map(Number);
  // A development build of the SDK has no version of its own.
  if (running.startsWith("${") || major > oldest.major || (major === oldest.major && minor >= oldest.minor)) return [];
  return [
    `@pulumi/pulumi ${running} is too old for pulumi-gitlab-dynamic, which needs ${oldest.major}.${oldest.minor} or ` +
      "later: run `npm install @pulumi/pulumi@latest`.",
  ];
}
