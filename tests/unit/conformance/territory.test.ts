import { OutOfBounds, Territory } from "../../../provider/conformance/territory";

function territory(): Territory {
  const own = new Territory();
  own.groups.add(20).add(21);
  own.projects.add(60).add(61);
  return own;
}

function isLet(request: string, body: object): boolean {
  const [method = "", path = ""] = request.split(" ");
  try {
    territory().demand({ method, path, body: JSON.stringify(body) });
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(OutOfBounds);
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

test("one group may be made where the run begins, and no second one", () => {
  const own = new Territory();
  const make = (parent?: number) => {
    own.demand({ method: "POST", path: "/groups", body: JSON.stringify({ name: "x", parent_id: parent }) });
  };
  own.allowOneGroupIn(9);
  expect(() => {
    make();
  }).toThrow(OutOfBounds);
  make(9);
  expect(() => {
    make(9);
  }).toThrow(OutOfBounds);
});
