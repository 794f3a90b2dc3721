import * as pulumi from "@pulumi/pulumi";

/** Makes this process a program, in a preview or in an `up`, whose resources are what was asked for. */
export function asProgram({ preview = false }: { readonly preview?: boolean } = {}): Promise<void> {
  return pulumi.runtime.setMocks(
    {
      newResource: ({ inputs }) => ({ id: "provider", state: inputs as object }),
      call: ({ inputs }) => inputs as object,
    },
    "project",
    "stack",
    preview,
  );
}

/** An output's value and whether it is secret. */
export async function known<T>(output: pulumi.Output<T>): Promise<{ value: T; secret: boolean }> {
  const value = await new Promise<T>((resolve) => {
    output.apply((found) => {
      resolve(found);
    });
  });
  return { value, secret: await pulumi.isSecret(output) };
}
