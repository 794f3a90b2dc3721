import type { ServiceError } from "@grpc/grpc-js";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";

import { fromStruct } from "./rpc";
import { markSecrets, type PropertyMap } from "./values";

/** A create or update that made something and then failed: the resource exists and goes into the state. */
export class InitFailed extends Error {
  constructor(
    readonly id: string,
    readonly outputs: PropertyMap,
    /** What is left undone, in the provider's words. */
    readonly reasons: readonly string[],
  ) {
    const count = reasons.length;
    const title = count === 1 ? "1 error occurred:" : `${count} errors occurred:`;
    super([title, ...reasons.map((reason) => `\t* ${reason}`)].join("\n") + "\n\n");
  }
}

/** Reads the detail that a half-made resource's error carries. Undefined when the error is another one. */
export function initFailed(error: ServiceError, marked: PropertyMap): InitFailed | undefined {
  const [bytes] = error.metadata.get("grpc-status-details-bin");
  if (!(bytes instanceof Buffer)) return undefined;
  for (const detail of Status.deserializeBinary(bytes).getDetailsList()) {
    const found = detail.unpack<ErrorResourceInitFailed>(
      (data: Uint8Array) => ErrorResourceInitFailed.deserializeBinary(data),
      "pulumirpc.ErrorResourceInitFailed",
    );
    if (found) {
      const outputs = markSecrets(fromStruct(found.getProperties()), marked);
      return new InitFailed(found.getId(), outputs, found.getReasonsList());
    }
  }
  return undefined;
}
