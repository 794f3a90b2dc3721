import { type sendUnaryData, type ServerUnaryCall, status, type UntypedServiceImplementation } from "@grpc/grpc-js";
import type { Callback } from "@pulumi/pulumi/proto/callback_pb";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb";
import {
  ReadResourceResponse,
  RegisterResourceResponse,
  SupportsFeatureResponse,
  type ReadResourceRequest,
  type RegisterResourceOutputsRequest,
  type RegisterResourceRequest,
  type SupportsFeatureRequest,
} from "@pulumi/pulumi/proto/resource_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";

import type { ResourceState } from "./deployment";
import type { RecordedCall } from "./diagnostics";
import { type Goal, goalFrom, type ReadGoal, readGoalFrom } from "./goal";
import { fromStruct, type Service, toStruct } from "./rpc";
import type { Transforms } from "./transforms";
import { encodeMap, type Encoding, type PropertyMap } from "./values";

/** What the program's calls lead to. Each rejects with {@link ShuttingDown} when the operation has stopped. */
export interface Registrations {
  register: (goal: Goal) => Promise<Registered>;
  read: (goal: ReadGoal) => Promise<ResourceState>;
  outputs: (urn: string, outputs: PropertyMap) => Promise<void>;
  /** The program has said all it wants; resolves when the operation is over. */
  programEnded: () => Promise<void>;
}

/** What a registration came to. */
export interface Registered {
  readonly state: ResourceState;
  /** Nothing was made, since the resource is no target: its outputs are not known. */
  readonly isSkipped: boolean;
}

/** The operation has stopped. The program is told as the real engine does it: the monitor is not there any more. */
export class ShuttingDown extends Error {}

const FEATURES = new Set([
  "secrets",
  "resourceReferences",
  "outputValues",
  "aliasSpecs",
  "deletedWith",
  "replaceWith",
  "transforms",
]);
const TO_PROGRAM: Encoding = { keepSecrets: true, keepReferences: true };

/** The service that the program registers its resources with. Calls it has no function for are unimplemented. */
export function monitorService(
  registrations: Registrations,
  transforms: Transforms,
  record: (call: RecordedCall) => void,
): Service {
  const implementation: UntypedServiceImplementation = {
    supportsFeature: answer(({ request }: ServerUnaryCall<SupportsFeatureRequest, SupportsFeatureResponse>) =>
      Promise.resolve(new SupportsFeatureResponse().setHassupport(FEATURES.has(request.getId()))),
    ),
    registerResource: answer(
      async ({ request }: ServerUnaryCall<RegisterResourceRequest, RegisterResourceResponse>) => {
        const goal = await transforms.apply(goalFrom(request), request.getTransformsList());
        const { state, isSkipped } = await registrations.register(goal);
        // A component's outputs are its own business: it is not told those of the last run.
        const outputs = state.custom ? state.outputs : {};
        const object = encodeMap(outputs, TO_PROGRAM);
        record({
          method: "ResourceMonitor/RegisterResource",
          request: { type: goal.type, name: goal.name, object: encodeMap(goal.inputs, TO_PROGRAM) },
          response: {
            urn: state.urn,
            ...(state.id !== undefined && { id: state.id }),
            object,
            ...(isSkipped && { unknown: true }),
          },
        });
        const response = new RegisterResourceResponse()
          .setUrn(state.urn)
          .setObject(toStruct(state.outputs, TO_PROGRAM));
        return response.setId(state.id ?? "").setUnknown(isSkipped);
      },
    ),
    readResource: answer(async ({ request }: ServerUnaryCall<ReadResourceRequest, ReadResourceResponse>) => {
      const goal = readGoalFrom(request);
      const state = await registrations.read(goal);
      record({
        method: "ResourceMonitor/ReadResource",
        request: { type: goal.type, name: goal.name, id: goal.id, properties: encodeMap(goal.inputs, TO_PROGRAM) },
        response: { urn: state.urn, properties: encodeMap(state.outputs, TO_PROGRAM) },
      });
      return new ReadResourceResponse().setUrn(state.urn).setProperties(toStruct(state.outputs, TO_PROGRAM));
    }),
    registerResourceOutputs: answer(async ({ request }: ServerUnaryCall<RegisterResourceOutputsRequest, Empty>) => {
      const outputs = fromStruct(request.getOutputs());
      await registrations.outputs(request.getUrn(), outputs);
      record({
        method: "ResourceMonitor/RegisterResourceOutputs",
        request: { urn: request.getUrn(), outputs: encodeMap(outputs, TO_PROGRAM) },
        response: {},
      });
      return new Empty();
    }),
    registerStackTransform: answer(({ request }: ServerUnaryCall<Callback, Empty>) => {
      transforms.add(request);
      return Promise.resolve(new Empty());
    }),
    signalAndWaitForShutdown: answer(async () => {
      await registrations.programEnded();
      return new Empty();
    }),
  };
  return [ResourceMonitorService, implementation];
}

type Handler<Request, Response> = (call: ServerUnaryCall<Request, Response>, done: sendUnaryData<Response>) => void;

function answer<Request, Response>(
  work: (call: ServerUnaryCall<Request, Response>) => Promise<Response>,
): Handler<Request, Response> {
  return (call, done) => {
    work(call).then(
      (response) => {
        done(null, response);
      },
      (error: unknown) => {
        const code = error instanceof ShuttingDown ? status.UNAVAILABLE : status.UNKNOWN;
        done({ code, details: error instanceof Error ? error.message : String(error) });
      },
    );
  };
}
