import type { Fault as SandboxFault } from "gitlab-sandbox";
import type { Place, Setting } from "../../contract/support/setting";

/** The ways to GitLab, each with a provider process of its own. */
export type Way = "direct";

/** Where a fault comes. */
export interface Spot {
  readonly setting: Setting;
  readonly place: Place;
  /** How many requests for the project pass first. */
  readonly skip: number;
  /** How many fail. */
  readonly times: number;
}

/** One way for things to go wrong. */
export interface Fault {
  readonly name: string;
  readonly way: Way;
  /** The methods of requests that it can come to. */
  readonly methods: readonly string[];
  /** Lets it come; returns what ends it. */
  readonly arm: (spot: Spot) => () => void;
}

const all = ["GET", "POST", "PUT", "DELETE"];
const writes = all.slice(1);

function sandboxFault(
  name: string,
  fault: Omit<SandboxFault, "path"> | (() => Omit<SandboxFault, "path">),
  methods = all,
): Fault {
  const arm = ({ setting, place, skip, times }: Spot) => {
    const made = typeof fault === "function" ? fault() : fault;
    const path = `^/projects/${place.id}(/|$)`;
    return setting.sandbox.control.addFault({ ...made, path, skip, times });
  };
  return { name, way: "direct", methods, arm };
}

function page(status: number, title: string): Omit<SandboxFault, "path"> {
  const body = `<html><head><title>${title}</title></head><body><h1>${status} ${title}</h1></body></html>\n`;
  return { status, body, headers: { "content-type": "text/html" } };
}

const inOneSecond = () => String(Math.ceil(Date.now() / 1000) + 1);
const tooMany = { message: { error: "This endpoint has been requested too many times. Try again later." } };
const moved = { message: "405 Method Not Allowed: Non GET methods are not allowed for moved projects" };

/** Every fault. */
export const faults: readonly Fault[] = [
  sandboxFault("429, Retry-After", { status: 429, body: "Retry later\n", headers: { "retry-after": "1" } }),
  sandboxFault("429, RateLimit-Reset", () => {
    const limits = { "ratelimit-limit": "6000", "ratelimit-remaining": "0", "ratelimit-name": "throttle_api" };
    return { status: 429, body: "Retry later\n", headers: { ...limits, "ratelimit-reset": inOneSecond() } };
  }),
  sandboxFault("429, plain text", { status: 429, body: "Retry later\n" }),
  sandboxFault("429 of one feature", { status: 429, body: tooMany }),
  sandboxFault("409, resource lock", { status: 409, body: { message: "409 Conflict: Resource lock" } }),
  sandboxFault("500 before the work", { status: 500 }),
  sandboxFault("500 after the work", { status: 500, when: "after" }),
  sandboxFault("502 before the work", page(502, "Bad Gateway")),
  sandboxFault("502 after the work", { ...page(502, "Bad Gateway"), when: "after" }),
  sandboxFault("503", page(503, "Service Unavailable")),
  sandboxFault("503, Retry-After", { ...page(503, "Service Unavailable"), headers: { "retry-after": "1" } }),
  sandboxFault("504 before the work", page(504, "Gateway Time-out")),
  sandboxFault("504 after the work", { ...page(504, "Gateway Time-out"), when: "after" }),
  sandboxFault("504, the work done later", { ...page(504, "Gateway Time-out"), when: "later", delay: 300 }),
  sandboxFault("cut before the work", { cut: "before" }),
  sandboxFault("cut after the work", { cut: "after" }),
  sandboxFault("half an answer", { cut: "half" }),
  sandboxFault("no answer, no work", { hang: "before" }),
  sandboxFault("no answer, work done", { hang: "after" }),
  sandboxFault("405, the project moved", { status: 405, body: moved }, writes),
];
