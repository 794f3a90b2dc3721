import type { sendUnaryData, ServerUnaryCall, UntypedServiceImplementation } from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import {
  GetRootResourceResponse,
  type LogRequest,
  SetRootResourceResponse,
  type SetRootResourceRequest,
} from "@pulumi/pulumi/proto/engine_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";

import type { Diagnostics, Severity } from "./diagnostics";
import type { Service } from "./rpc";

const SEVERITIES: readonly Severity[] = ["debug", "info", "warning", "error"];

/** The service that the program and its providers write their log to. */
export function engineService(diagnostics: Diagnostics): Service {
  let root = "";
  const implementation: UntypedServiceImplementation = {
    log: ({ request }: ServerUnaryCall<LogRequest, Empty>, done: sendUnaryData<Empty>) => {
      const severity = SEVERITIES[request.getSeverity()] ?? "info";
      // The SDK's debug lines hold every property, secrets in clear, and the real CLI does not show them either.
      if (severity !== "debug")
        diagnostics.report(severity, request.getMessage(), request.getUrn(), request.getEphemeral());
      done(null, new Empty());
    },
    getRootResource: (_: unknown, done: sendUnaryData<GetRootResourceResponse>) => {
      done(null, new GetRootResourceResponse().setUrn(root));
    },
    setRootResource: (
      { request }: ServerUnaryCall<SetRootResourceRequest, SetRootResourceResponse>,
      done: sendUnaryData<SetRootResourceResponse>,
    ) => {
      root = request.getUrn();
      done(null, new SetRootResourceResponse());
    },
  };
  return [EngineService, implementation];
}
