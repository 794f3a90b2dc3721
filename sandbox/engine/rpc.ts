import {
  type Client,
  credentials,
  type Metadata,
  Server,
  ServerCredentials,
  type ServiceDefinition,
  type ServiceError,
  type UntypedServiceImplementation,
} from "@grpc/grpc-js";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";

import { decodeMap, encodeMap, type Encoding, type PropertyMap } from "./values";

/** The options of every gRPC end here: messages are as large as they need to be, as in the real engine. */
export const CHANNEL_OPTIONS = { "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 };

/** A gRPC server on the loopback interface. */
export interface Listening {
  /** `127.0.0.1:<port>` */
  readonly address: string;
  /** Ends the calls still open, too. */
  close: () => void;
}

/** One service with the functions that answer its calls. */
export type Service = readonly [ServiceDefinition, UntypedServiceImplementation];

/** Starts a server on a free port. */
export function listen(services: readonly Service[]): Promise<Listening> {
  const server = new Server(CHANNEL_OPTIONS);
  for (const [definition, implementation] of services) server.addService(definition, implementation);
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
      if (error) {
        reject(error);
        return;
      }
      resolve({
        address: `127.0.0.1:${port}`,
        close: () => {
          server.forceShutdown();
        },
      });
    });
  });
}

/** Connects a client to an address. */
export function connect<C extends Client>(
  Type: new (address: string, credential: ReturnType<typeof credentials.createInsecure>, options: object) => C,
  address: string,
): C {
  return new Type(address, credentials.createInsecure(), CHANNEL_OPTIONS);
}

/** Starts a unary call of a generated client, which reports to the given callback. */
export type Send<Response> = (done: (error: ServiceError | null, response: Response) => void) => unknown;

/** Makes a unary call and waits for its answer. Rejects with the ServiceError. */
export function unary<Response>(send: Send<Response>): Promise<Response> {
  return new Promise((resolve, reject) => {
    send((error, response) => {
      if (error) reject(error);
      else resolve(response);
    });
  });
}

/** The properties of a message as its receiver understands them. */
export function toStruct(map: PropertyMap, encoding: Encoding): Struct {
  return toPlainStruct(encodeMap(map, encoding));
}

/** A plain JSON object as a message field. */
export function toPlainStruct(object: Record<string, unknown>): Struct {
  return Struct.fromJavaScript(object as Parameters<typeof Struct.fromJavaScript>[0]);
}

/** The properties in a message field; none when it is absent. */
export function fromStruct(struct: Struct | undefined): PropertyMap {
  return decodeMap(struct?.toJavaScript() ?? {});
}

/** Whether an error came from a gRPC call. */
export function isServiceError(error: unknown): error is ServiceError & { metadata: Metadata } {
  return error instanceof Error && "code" in error && "details" in error;
}
