import { definitionsByName } from "../../../provider/resources/definitions";
import { check } from "../../../provider/operations/check";

const slack = definitionsByName().get("integrations.Slack");
if (!slack) throw new Error("there is no Slack");

test("inputs out of the state may lack a required secret that their mark names", () => {
  const stored = { project: "acme/shop", useInheritedSettings: false };
  expect(check(slack, {}, stored).problems).toEqual(["webhook: is required"]);
  const marked = { ...stored, __managed: ["project", "useInheritedSettings", "webhook"] };
  expect(check(slack, marked, marked).problems).toEqual([]);
});
