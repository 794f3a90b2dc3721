import type { FastifyInstance, FastifyReply } from "fastify";
import type { Control, IntegrationSeed } from "../control";
import type { ProjectChange, ProjectsSeed } from "../projects/seeding";
import type { AccessToken } from "../world/access";
import type { Settings } from "../world/settings";
import { ApiError } from "./answer";
import { CONTROL_SCHEMAS } from "./control-schemas";
import type { Fault } from "./faults";
import { addHookControlRoutes } from "./hook-control-routes";

/** The endpoints below `/-/sandbox`, which need no token: the log, faults, settings and the like. */
export function addControlRoutes(app: FastifyInstance, control: Control): void {
  addLogRoutes(app, control);
  addHookControlRoutes(app, control);
  app.put<{ Body: Partial<Settings> }>("/settings", { schema: { body: CONTROL_SCHEMAS.settings } }, (request) => {
    control.configure(request.body);
    return control.world.settings;
  });
  app.get("/settings", () => control.world.settings);
  app.put<{ Body: AccessToken }>("/tokens", { schema: { body: CONTROL_SCHEMAS.token } }, async (request, reply) => {
    control.setToken(request.body);
    await done(reply);
  });
  app.put<{ Body: IntegrationSeed }>("/integrations", { schema: { body: CONTROL_SCHEMAS.integration } }, (request) => {
    const { id } = orRefused(() => control.seedIntegration(request.body));
    return { id };
  });
  app.put<{ Body: ProjectsSeed }>("/projects", { schema: { body: CONTROL_SCHEMAS.projects } }, (request) =>
    control.seedProjects(request.body),
  );
  app.put<{ Params: { id: string }; Body: ProjectChange }>(
    "/projects/:id",
    { schema: { body: CONTROL_SCHEMAS.project } },
    async (request, reply) => {
      orRefused(() => {
        control.changeProject(`projects/${request.params.id}`, request.body);
      });
      await done(reply);
    },
  );
  app.post("/removals", () => ({ removed: control.removeMarkedProjects() }));
  app.post("/cleanup-policies", () => ({ disabled: control.runCleanupPolicies() }));
  app.get("/objects", () => control.objects());
  app.post("/reset", async (_request, reply) => {
    control.reset();
    await done(reply);
  });
}

function addLogRoutes(app: FastifyInstance, control: Control): void {
  app.get("/requests", () => control.requests());
  app.delete("/requests", async (_request, reply) => {
    control.log.clear();
    await done(reply);
  });
  app.post<{ Body: Fault }>("/faults", { schema: { body: CONTROL_SCHEMAS.fault } }, async (request, reply) => {
    control.addFault(request.body);
    await done(reply);
  });
  app.delete("/faults", async (_request, reply) => {
    control.faults.clear();
    await done(reply);
  });
}

async function done(reply: FastifyReply): Promise<void> {
  await reply.code(204).send();
}

function orRefused<T>(work: () => T): T {
  try {
    return work();
  } catch (problem) {
    throw new ApiError(400, { error: problem instanceof Error ? problem.message : "Refused" });
  }
}
