import * as pulumi from "@pulumi/pulumi";

/**
 * An error that ends a program with its message alone, as the SDK prints errors of this class.
 *
 * It has no stack: Node.js 20 and 22 take 20 seconds and more to color one that has the SDK's paths.
 */
export function runError(message: string): pulumi.RunError {
  const error = new pulumi.RunError(message);
  error.stack = `${error.name}: ${message}`;
  return error;
}
