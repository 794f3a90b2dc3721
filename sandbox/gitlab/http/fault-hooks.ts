import { once } from "node:events";
import { STATUS_CODES } from "node:http";
import { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Fault, Faults } from "./faults";

const FLUSH_MS = 50;
// Parts of a streamed answer that arrive before it breaks off.
const STREAMED_PARTS = 4;

declare module "fastify" {
  interface FastifyRequest {
    /** The fault that waits for the work of this request to be done. */
    pendingFault?: Fault;
  }
}

/** Lets an arriving request meet its fault, if any; true when nothing is left to do for it. */
export async function breakRequest(request: FastifyRequest, reply: FastifyReply, faults: Faults): Promise<boolean> {
  const fault = faults.take(request.method, request.url);
  if (fault === undefined) return false;
  if (fault.delay !== undefined && fault.when !== "later") await sleep(fault.delay);
  if (fault.cut === "before" || fault.hang === "before") {
    reply.hijack();
    if (fault.cut === "before") request.raw.socket.destroy();
    return true;
  }
  if (fault.cut !== undefined || fault.hang !== undefined || fault.when === "after" || fault.when === "later") {
    request.pendingFault = fault;
    return false;
  }
  if (fault.status === undefined) return false;
  await replace(reply, fault).send(text(fault));
  return true;
}

/** Puts work off when the request's fault says so; true when it did. What comes of the work, nobody learns. */
export function postpone(request: FastifyRequest, work: () => unknown): boolean {
  const fault = request.pendingFault;
  if (fault?.when !== "later") return false;
  void sleep(fault.delay ?? 0)
    .then(work)
    .catch(() => undefined);
  return true;
}

/** Adds what faults do to answers, and the status of answers to the log. */
export function addFaultHooks(app: FastifyInstance): void {
  app.addHook("onSend", async (request, reply, payload) => {
    const fault = request.pendingFault;
    if (fault === undefined) {
      if (request.logged !== undefined) request.logged.status = reply.statusCode;
      return payload;
    }
    if (fault.hang !== undefined) await once(request.raw.socket, "close");
    else if (fault.cut === undefined) {
      replace(reply, fault);
      if (request.logged !== undefined) request.logged.status = reply.statusCode;
      return text(fault);
    }
    if (fault.cut === "half" && typeof payload === "string" && payload !== "") {
      void reply.header("content-length", Buffer.byteLength(payload));
      return Readable.from(half(payload));
    }
    if (fault.cut === "half" && payload instanceof Readable) return Readable.from(beginning(payload));
    request.raw.socket.destroy();
    return payload;
  });
}

function replace(reply: FastifyReply, fault: Fault): FastifyReply {
  const isText = typeof fault.body === "string";
  void reply.code(fault.status ?? reply.statusCode).removeHeader("content-length");
  return reply.type(isText ? "text/plain" : "application/json").headers(fault.headers ?? {});
}

function text({ body, status }: Fault): string {
  if (body === undefined && status !== undefined && status >= 400) {
    return JSON.stringify({ message: `${status} ${STATUS_CODES[status] ?? "Error"}` });
  }
  if (body === undefined) return "";
  return typeof body === "string" ? body : JSON.stringify(body);
}

async function* half(payload: string): AsyncGenerator<string> {
  yield payload.slice(0, Math.ceil(payload.length / 2));
  // Time for the first half to leave before the stream fails and takes the connection with it.
  await sleep(FLUSH_MS);
  throw new Error("The answer breaks off here");
}

async function* beginning(content: Readable): AsyncGenerator {
  let parts = 0;
  for await (const part of content) {
    if (parts === STREAMED_PARTS) throw new Error("The answer breaks off here");
    parts += 1;
    yield part;
  }
}
