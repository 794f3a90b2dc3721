import type { FastifyInstance } from "fastify";
import type { Control } from "../control";
import { ApiError } from "../http/answer";
import { inputOf, type Input } from "../http/params";
import {
  archiveProject,
  changeHook,
  changeIntegration,
  changePushRule,
  deleteHook,
  deletePushRule,
  reasonOf,
  switchIntegration,
  testHook,
} from "./changes";
import type { History } from "./history";
import { demandOwnOrigin, guard } from "./origin";
import { keyOf, placeOf, type Place, type PlaceParams } from "./place";

interface Request {
  readonly place: Place;
  readonly params: Readonly<Record<string, string | undefined>>;
  readonly given: Input;
  /** Where the sandbox is reached. */
  readonly origin: string;
}

interface ChangeRoute {
  readonly method: "PATCH" | "DELETE" | "POST";
  /** Below the place. */
  readonly path: string;
  /** Whether it leaves everything as it is. */
  readonly isTest?: boolean;
  /** Does it; returns what is deleted by it, if anything. */
  readonly change: (control: Control, request: Request) => string | undefined | Promise<undefined>;
}

const ROUTES: readonly ChangeRoute[] = [
  {
    method: "PATCH",
    path: "/hooks/:hook",
    change: ({ world }, { place, params: { hook = "" }, given }) => {
      changeHook(world, place, hook, given);
      return undefined;
    },
  },
  {
    method: "DELETE",
    path: "/hooks/:hook",
    change: ({ world }, { place, params: { hook = "" } }) => {
      deleteHook(world, place, hook);
      return `hooks/${hook}`;
    },
  },
  {
    method: "POST",
    path: "/hooks/:hook/test/:trigger",
    isTest: true,
    change: async ({ world }, { place, params: { hook = "", trigger = "" }, origin }) => {
      await testHook(world, place, { id: hook, trigger, origin });
      return undefined;
    },
  },
  {
    method: "PATCH",
    path: "/integrations/:slug",
    change: ({ world }, { place, params: { slug = "" }, given }) => {
      changeIntegration(world, place, slug, given);
      return undefined;
    },
  },
  {
    method: "POST",
    path: "/integrations/:slug/:state(^on|off$)",
    change: ({ world }, { place, params: { slug = "", state } }) => {
      switchIntegration(world, place, slug, state === "on");
      return undefined;
    },
  },
  {
    method: "PATCH",
    path: "/push_rule",
    change: ({ world }, { place, given }) => {
      changePushRule(world, place, given);
      return undefined;
    },
  },
  {
    method: "DELETE",
    path: "/push_rule",
    change: ({ world }, { place }) => {
      deletePushRule(world, place);
      return "push_rule";
    },
  },
  {
    method: "POST",
    path: "/:state(^archive|unarchive$)",
    change: ({ world }, { place, params: { state } }) => {
      archiveProject(world, place, state === "archive");
      return undefined;
    },
  },
];

/** What somebody does by hand, which only the page itself may ask for. */
export function addChangeRoutes(page: FastifyInstance, prefix: string, control: Control, history: History): void {
  for (const { method, path, isTest, change } of ROUTES) {
    page.route<{ Params: PlaceParams & Readonly<Record<string, string>> }>({
      method,
      url: `${prefix}/:kind/:id${path}`,
      onRequest: guard(demandOwnOrigin),
      handler: async ({ params, headers, body }, reply) => {
        const start = Date.now();
        const place = placeOf(control.world, params);
        const origin = `http://${headers.host ?? ""}`;
        control.world.revision += 1;
        const deleted = await refusing(() => change(control, { place, params, given: inputOf(body), origin }));
        if (isTest === true) history.changed();
        else history.noteByHand(start, deleted === undefined ? undefined : { place: keyOf(place), what: deleted });
        await reply.code(204).send();
      },
    });
  }
}

/** Has a refusal say why, in one line. */
async function refusing<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (problem) {
    if (problem instanceof ApiError) throw new ApiError(problem.status, { error: reasonOf(problem) });
    throw problem;
  }
}
