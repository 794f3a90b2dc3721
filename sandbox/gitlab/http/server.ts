import { setTimeout as sleep } from "node:timers/promises";
import multipart from "@fastify/multipart";
import fastify, { type FastifyInstance, type FastifyReply } from "fastify";
import type { Control } from "../control";
import { addPage, PAGE_FOLDER } from "../page";
import { demandNoForeignOrigin, demandOwnHost, guard } from "../page/origin";
import { sweep } from "../projects/removal";
import { ROUTES } from "../routes";
import { isAtLeast } from "../world/settings";
import type { Store } from "../world/store";
import { accepted, ApiError, errorText, noRoute, okFile, serverError, textOf, type Answer } from "./answer";
import { authenticate, tokenOf } from "./authentication";
import { bodyOf } from "./body";
import { Call } from "./call";
import { addControlRoutes } from "./control-routes";
import { echoing } from "./echo";
import { addFaultHooks, breakRequest, postpone } from "./fault-hooks";
import { parseForm } from "./form";
import { inputOf, type Input } from "./params";

const API = "/api/v4";
const CONTROL = "/-/sandbox";
const SIGN_IN = "/users/sign_in";
const BODY_LIMIT = 10 * 1024 * 1024;
// Full paths of deeply nested projects, URL-encoded.
const MAX_PARAM_LENGTH = 4096;

/**
 * Builds the HTTP side of a sandbox.
 *
 * @param store keeps the state after every change
 * @param root the relative root below which everything is, such as `/gitlab`; empty for none
 */
export function buildServer(control: Control, store: Store | undefined, root = ""): FastifyInstance {
  const app = fastify({
    rewriteUrl: ({ url = "/" }) => belowRoot(url, root),
    bodyLimit: BODY_LIMIT,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: MAX_PARAM_LENGTH, querystringParser: parseForm },
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false } },
  });
  addParsers(app);
  app.setErrorHandler(async (problem, _request, reply) => {
    await answer(reply, problem instanceof ApiError ? problem : unexpected(problem));
  });
  app.setNotFoundHandler(async (request, reply) => {
    await answer(reply, unrouted(request.url, request.headers.host));
  });
  // Before what makes requests fail, so that the page shows those too.
  addPage(app, control, root);
  addRequestHooks(app, control);
  app.addHook("onSend", async (request) => {
    if (store !== undefined && request.method !== "GET") await store.save(control.world.state);
    if (request.logged !== undefined) control.log.tell(request.logged, "done");
  });
  addFaultHooks(app);
  addApiRoutes(app, control, root);
  void app.register(
    (instance, _options, next) => {
      // They need no token, so a page of another site must not reach them through somebody's browser.
      instance.addHook("onRequest", guard(demandOwnHost, demandNoForeignOrigin));
      addControlRoutes(instance, control);
      next();
    },
    { prefix: CONTROL },
  );
  return app;
}

/** An address without the relative root; one that is not below it leads nowhere. */
function belowRoot(url: string, root: string): string {
  if (root === "") return url;
  if (url === root) return PAGE_FOLDER;
  const rest = url.slice(root.length);
  return url.startsWith(root) && /^[/?]/.test(rest) ? rest : "/-/not-below-the-root";
}

function addApiRoutes(app: FastifyInstance, control: Control, root: string): void {
  for (const { method, path, handle } of ROUTES) {
    app.route({
      method,
      url: `${API}${path}`,
      handler: async (request, reply) => {
        sweep(control.world);
        const token = authenticate(control.world, request.method, tokenOf(request.headers, inputOf(request.query)));
        const input = { ...inputOf(request.query), ...(await bodyOf(request)) };
        if (request.logged) request.logged.parameters = Object.keys(input);
        const call = new Call(control.world, token, {
          method: request.method === "HEAD" ? "GET" : request.method,
          url: root + request.url,
          origin: `http://${request.headers.host ?? "127.0.0.1"}${root}`,
          path: request.params as Record<string, string>,
          isBelow: /^\/(projects|groups)\/:id\//.test(path),
          input,
          headers: request.headers,
        });
        const work = (): Answer | Promise<Answer> => {
          if (call.method !== "GET") control.world.revision += 1;
          return handle(call);
        };
        await answer(reply, postpone(request, work) ? accepted() : await quoting(control, input, work));
      },
    });
  }
}

async function quoting(control: Control, input: Input, work: () => Answer | Promise<Answer>): Promise<Answer> {
  try {
    return await work();
  } catch (problem) {
    if (problem instanceof ApiError && control.world.settings.echoValues) throw echoing(problem, input);
    throw problem;
  }
}

function addRequestHooks(app: FastifyInstance, control: Control): void {
  app.addHook("onRequest", async (request, reply) => {
    if (!request.url.startsWith(`${API}/`)) return;
    request.logged = control.log.add(request.method, request.url);
    if (await breakRequest(request, reply, control.faults)) return reply;
    const { settings } = control.world;
    const { latency, rateLimit } = settings;
    if (latency > 0) await sleep(latency);
    if (rateLimit !== null) {
      const caller = tokenOf(request.headers, inputOf(request.query)) ?? request.ip;
      const { limited, headers } = control.throttle.count(caller, rateLimit);
      // Before 18.0 only a refusal says how the limits stand.
      if (limited || isAtLeast(settings, 18, 0)) void reply.headers(headers);
      if (limited) return reply.code(429).type("text/plain").send("Retry later\n");
    }
    return undefined;
  });
  app.addHook("onResponse", (request, _reply, done) => {
    if (request.logged !== undefined) control.log.tell(request.logged, "answered");
    done();
  });
}

function addParsers(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/json", { parseAs: "string" }, (_request, body, done) => {
    try {
      done(null, body === "" ? {} : JSON.parse(String(body)));
    } catch {
      done(errorText(400, "message body does not match declared format"));
    }
  });
  app.addContentTypeParser("application/x-www-form-urlencoded", { parseAs: "string" }, (_request, body, done) => {
    done(null, parseForm(String(body)));
  });
  void app.register(multipart, { limits: { fileSize: BODY_LIMIT, files: 10 } });
  app.addContentTypeParser("*", (request, _payload, done) => {
    done(errorText(415, `The provided content-type '${request.headers["content-type"] ?? ""}' is not supported.`));
  });
}

/** What GitLab answers to an address without a route: its API in JSON, and its pages by the way to sign in. */
function unrouted(url: string, host = "127.0.0.1"): Answer {
  if (/^\/api\/v3(\/|$)/.test(url)) return errorText(410, "API V3 is no longer supported. Use API V4 instead.");
  if (url.startsWith(`${API}/`) || url.startsWith("/-/")) return noRoute();
  if (url.startsWith(SIGN_IN)) return okFile({ type: "text/html; charset=utf-8", content: page("Sign in") });
  const location = `http://${host}${SIGN_IN}`;
  const text = `You are being <a href="${location}">redirected</a>.`;
  return { status: 302, file: { type: "text/html; charset=utf-8", content: page(text) }, headers: { location } };
}

function page(text: string): Buffer {
  return Buffer.from(`<html><body>${text}</body></html>`);
}

async function answer(reply: FastifyReply, { status, body, file, headers }: Answer): Promise<void> {
  void reply.code(status).headers(headers ?? {});
  if (file !== undefined) await reply.type(file.type).send(file.content);
  else if (body === undefined) await reply.send();
  else await reply.type("application/json").send(textOf(body));
}

function unexpected(problem: unknown): ApiError {
  const { statusCode, message } = problem as { statusCode?: number; message?: string };
  if (statusCode !== undefined && statusCode < 500) return errorText(statusCode, message ?? "Bad Request");
  process.stderr.write(`${problem instanceof Error ? (problem.stack ?? problem.message) : String(problem)}\n`);
  return serverError();
}
