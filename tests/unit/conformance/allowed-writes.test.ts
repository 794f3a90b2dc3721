import { WriteRefused, AllowedWrites } from "../../../provider/conformance/allowed-writes";

function allowedWrites(): AllowedWrites {
  const own = new AllowedWrites();
  own.groups.add(20).add(21);
  own.projects.add(60).add(61);
  return own;
}

function isLet(request: string, body: object): boolean {
  const [method = "", path = ""] = request.split(" ");
  try {
    allowedWrites().demand({ method, path, body: JSON.stringify(body) });
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(WriteRefused);
    return false;
  }
}

type Request = readonly [text: string, body?: object];

// Rows of one length, or a test takes what is missing for the callback that ends it.
const whole = (requests: readonly Request[]) => requests.map(([text, body = {}]) => [text, body] as const);

test.each(
  whole([
    ["GET /projects/42/hooks"],
    ["GET /groups?search=x"],
    ["PUT /projects/60"],
    ["PUT /projects/60/integrations/slack", { webhook: "x" }],
    ["DELETE /groups/20"],
    ["POST /groups", { name: "x", parent_id: 20 }],
    ["POST /projects", { name: "x", namespace_id: 21 }],
    ["PUT /projects/60/transfer", { namespace: 21 }],
    ["POST /projects/60/share", { group_id: 20 }],
    ["DELETE /projects/60/share/20"],
    ["POST /projects/60/fork/61"],
    ["DELETE /projects/60/fork"],
  ]),
)("%s stays within the run", (request, body) => {
  expect(isLet(request, body)).toBe(true);
});

test.each(
  whole([
    ["PUT /projects/42"],
    ["DELETE /projects/acme%2Fshop"],
    ["PUT /groups/9/integrations/slack", { webhook: "x" }],
    ["PUT /notification_settings", { level: "watch" }],
    ["POST /groups", { name: "x" }],
    ["POST /groups", { name: "x", parent_id: 9 }],
    ["POST /projects", { name: "x" }],
    ["POST /projects", { name: "x", namespace_id: 9 }],
    ["POST /projects/user/1", { name: "x", namespace_id: 20 }],
    ["PUT /projects/60/transfer", { namespace: 9 }],
    ["PUT /projects/60/transfer", { namespace: "acme" }],
    ["POST /projects/60/share", { group_id: 9 }],
    ["POST /projects/60/fork/42"],
    ["POST /projects/42/fork/60"],
    ["DELETE /personal_access_tokens/self"],
    ["POST /users"],
    ["PUT /application/settings"],
  ]),
)("%s is not sent", (request, body) => {
  expect(isLet(request, body)).toBe(false);
});

test("the group of the run may be made where the run begins, also when it is tried again, and no other one", () => {
  const own = new AllowedWrites();
  const make = (path: string, parent?: number) => () => {
    own.demand({ method: "POST", path: "/groups", body: JSON.stringify({ path, parent_id: parent }) });
  };
  own.allowGroup("run", 9);
  make("run", 9)();
  make("run", 9)();
  for (const other of [make("run"), make("other", 9), make("run", 10)]) expect(other).toThrow(WriteRefused);
});
