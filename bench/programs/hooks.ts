import * as pulumi from "@pulumi/pulumi";

/** The arguments of one hook, the same in every program that is compared. */
export interface Hook {
  /** The project's full path. */
  readonly project: string;
  readonly url: string;
  /** A secret: what makes one of it is up to the program. */
  readonly token: string;
  readonly pushEvents: boolean;
  readonly tagPushEvents: boolean;
  readonly mergeRequestsEvents: boolean;
}

/** The hooks that the configuration asks for, by name: `bench:count` of them, `bench:perProject` to a project. */
export function hooks(): ReadonlyMap<string, Hook> {
  const config = new pulumi.Config("bench");
  const perProject = config.requireNumber("perProject");
  const isChanged = config.getBoolean("changed") ?? false;
  const numbers = Array.from({ length: config.requireNumber("count") }, (_, index) => index);
  return new Map(
    numbers.map((number) => {
      const project = `acme/bench-${Math.floor(number / perProject)}`;
      const hook = {
        project,
        url: `https://ci.example.com/hooks/${number}`,
        token: `secret-token-of-hook-${number}`,
        pushEvents: true,
        tagPushEvents: isChanged && number === 0,
        mergeRequestsEvents: true,
      };
      return [`hook-${number}`, hook] as const;
    }),
  );
}
