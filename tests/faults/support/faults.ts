import type { Fault as SandboxFault } from "gitlab-sandbox";
import type { TestParent, ProviderFixture } from "../../contract/support/provider-fixture";
import type { Door, Proxy } from "./door";

/** How the provider reaches GitLab: over plain HTTP, or over TLS through a proxy. */
export type Way = "plain" | "tunnel";

/** What stands between the provider and GitLab. */
export interface Gateways {
  readonly plain: Door;
  readonly secure: Door;
  readonly proxy: Proxy;
}

/** Where a fault comes. */
export interface Spot {
  readonly setting: ProviderFixture;
  readonly gateways: Gateways;
  readonly place: TestParent;
  /** How many requests for the project pass first. */
  readonly skip: number;
  /** How many fail; where a fault is no matter of requests, how long it lasts. */
  readonly times: number;
}

/** One way for things to go wrong. */
export interface Fault {
  readonly name: string;
  readonly way: Way;
  /** The methods of requests that it can come to. */
  readonly methods: readonly string[];
  /** Runs at once: what one of them breaks breaks for all where it is more than one request. */
  readonly sideBySide: number;
  /** Lets it come; what that gives ends it. */
  readonly arm: (spot: Spot) => (() => void) | Promise<() => void>;
  /** Whether the program names the project by its path. */
  readonly byPath?: boolean;
}

const all = ["GET", "POST", "PUT", "DELETE"];
const writes = all.slice(1);

function sandboxFault(
  name: string,
  fault: Omit<SandboxFault, "path"> | (() => Omit<SandboxFault, "path">),
  methods = all,
): Fault {
  const arm = ({ setting: fixture, place, skip, times }: Spot) => {
    const made = typeof fault === "function" ? fault() : fault;
    const path = `^/projects/${place.id}(/|$)`;
    return fixture.sandbox.control.addFault({ ...made, path, skip, times });
  };
  return { name, way: "plain", methods, sideBySide: 16, arm };
}

function page(status: number, title: string): Omit<SandboxFault, "path"> {
  const body = `<html><head><title>${title}</title></head><body><h1>${status} ${title}</h1></body></html>\n`;
  return { status, body, headers: { "content-type": "text/html" } };
}

const inOneSecond = () => String(Math.ceil(Date.now() / 1000) + 1);
const tooMany = { message: { error: "This endpoint has been requested too many times. Try again later." } };
const moved = { message: "405 Method Not Allowed: Non GET methods are not allowed for moved projects" };

/** Milliseconds that a broken way to GitLab stays broken, by the number of requests that would fail; for ever above. */
const spans = [0, 200, 700, 1500];

/** A fault of the way to GitLab, which comes before a request is sent. */
function wayFault(name: string, way: Way, breakIt: (gateways: Gateways) => () => void): Fault {
  const arm = ({ setting: fixture, gateways, place, skip, times }: Spot) => {
    let mend: () => void = () => undefined;
    let timer: NodeJS.Timeout | undefined;
    let passed = 0;
    const go = (): void => {
      mend = breakIt(gateways);
      const span = spans[times];
      if (span !== undefined) timer = setTimeout(mend, span);
    };
    const unwatch = fixture.sandbox.control.watch(({ phase, request }) => {
      if (phase === "answered" && isFor(place, request.path) && ++passed === skip) go();
    });
    if (skip === 0) go();
    return () => {
      clearTimeout(timer);
      unwatch();
      mend();
    };
  };
  return { name, way, methods: all, sideBySide: 4, arm };
}

/** Whether a request of the emulator's log is for a project. */
export function isFor(place: TestParent, path: string): boolean {
  return new RegExp(`^/api/v4/projects/${place.id}(/|$|\\?)`).test(path);
}

const movedProject: Fault = {
  name: "301, the project moved",
  way: "plain",
  methods: all,
  sideBySide: 16,
  byPath: true,
  arm: async ({ setting: fixture, place }) => {
    await fixture.api("PUT", `/projects/${place.id}`, { path: `moved-${place.id}` });
    return () => undefined;
  },
};

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
  sandboxFault("504, the work done later", { ...page(504, "Gateway Time-out"), when: "later", delay: 700 }),
  sandboxFault("cut before the work", { cut: "before" }),
  sandboxFault("cut after the work", { cut: "after" }),
  sandboxFault("half an answer", { cut: "half" }),
  sandboxFault("no answer, no work", { hang: "before" }),
  sandboxFault("no answer, work done", { hang: "after" }),
  movedProject,
  sandboxFault("405, the project moved", { status: 405, body: moved }, writes),
  wayFault("connection refused", "plain", ({ plain }) => plain.shut()),
  wayFault("TLS handshake cut", "tunnel", ({ secure }) => secure.spoil("cut")),
  wayFault("TLS, a wrong certificate", "tunnel", ({ secure }) => secure.spoil("wrong certificate")),
  wayFault("502 from a proxy", "tunnel", ({ proxy }) => proxy.refuse(502)),
  wayFault("407 from a proxy", "tunnel", ({ proxy }) => proxy.refuse(407)),
];
