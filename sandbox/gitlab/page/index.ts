import type { FastifyInstance, FastifyReply } from "fastify";
import type { Control } from "../control";
import { errorText } from "../http/answer";
import { addChangeRoutes } from "./change-routes";
import { deliveriesOf } from "./deliveries";
import { Events } from "./events";
import { pageFile, pageHeaders } from "./files";
import { addHistoryHooks, History } from "./history";
import { demandNoForeignOrigin, demandOwnHost, demandOwnPageOrLink, guard } from "./origin";
import { placeOf, type PlaceParams } from "./place";
import { treeView } from "./tree";
import { placeView } from "./view";

/** Where the parts of the page are, below the control routes. The address itself leads to the page. */
export const PAGE_FOLDER = "/-/sandbox/page";

const DATA = `${PAGE_FOLDER}/data`;

/**
 * Adds the page at `/`, which shows what is stored and what is asked, and changes what somebody changes by hand.
 *
 * It needs no token, so it answers to nobody but this machine and, for changes, to itself.
 *
 * @param root the relative root of the sandbox, such as `/gitlab`; empty when there is none
 */
export function addPage(app: FastifyInstance, control: Control, root: string): void {
  const history = new History(control);
  addHistoryHooks(app, history);
  void app.register((page, _options, next) => {
    page.addHook("onRequest", guard(demandOwnHost));
    page.addHook("onRequest", ({ headers }, reply, done) => {
      void reply.headers(pageHeaders(`http://${headers.host ?? ""}${root}${PAGE_FOLDER}/`));
      done();
    });
    addFileRoutes(page, root);
    addReadRoutes(page, control, history);
    addChangeRoutes(page, DATA, control, history);
    next();
  });
}

function addFileRoutes(page: FastifyInstance, root: string): void {
  const serve = async (reply: FastifyReply, name: string): Promise<void> => {
    const file = pageFile(name);
    if (file === undefined) throw errorText(404, "404 Not Found");
    await reply.type(file.type).send(file.content);
  };
  page.get("/", { onRequest: guard(demandOwnPageOrLink) }, (_request, reply) => serve(reply, "index.html"));
  page.get(PAGE_FOLDER, { onRequest: guard(demandOwnPageOrLink) }, async (_request, reply) => {
    await reply.redirect(`${root}/`);
  });
  page.get<{ Params: { name: string } }>(
    `${PAGE_FOLDER}/:name`,
    { onRequest: guard(demandNoForeignOrigin) },
    (request, reply) => serve(reply, request.params.name),
  );
}

function addReadRoutes(page: FastifyInstance, control: Control, history: History): void {
  const events = new Events(history);
  const { world } = control;
  const onRequest = guard(demandNoForeignOrigin);
  page.get<{ Querystring: { search?: unknown } }>(`${DATA}/tree`, { onRequest }, ({ query: { search } }) =>
    treeView(world, history, typeof search === "string" ? search : ""),
  );
  page.get<{ Params: PlaceParams }>(`${DATA}/:kind/:id`, { onRequest }, ({ params }) =>
    placeView(world, history, placeOf(world, params)),
  );
  page.get<{ Params: PlaceParams & { hook: string } }>(
    `${DATA}/:kind/:id/hooks/:hook/deliveries`,
    { onRequest },
    ({ params }) => deliveriesOf(world, placeOf(world, params), params.hook),
  );
  page.get(`${DATA}/events`, { onRequest, exposeHeadRoute: false }, (_request, reply) => {
    if (!events.open(reply)) throw errorText(503, "Too many pages are open.");
  });
}
