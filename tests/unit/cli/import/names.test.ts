import { resourceName, settingName, UniqueNames } from "../../../../provider/cli/import/names";
import { sighting } from "./support/sightings";

test("a resource's name says where it is and what", () => {
  expect(resourceName(sighting("ProjectHook", { id: 7 }))).toBe("acme/shop/hooks/7");
  expect(resourceName(sighting("integrations.GoogleChat", {}))).toBe("acme/shop/hangouts-chat");
  expect(resourceName(sighting("GroupPushRule", {}, { scope: "group" }))).toBe("acme/push-rule");
});

test("a setting's name is one word", () => {
  const hook = sighting("ProjectHook", { id: 7 });
  expect(settingName(hook, "token")).toBe("acmeShopHook7Token");
  expect(settingName(hook, "customHeaders", "X-Team")).toBe("acmeShopHook7HeaderXTeam");
  expect(settingName(hook, "urlVariables", "key")).toBe("acmeShopHook7VariableKey");
  expect(settingName(sighting("integrations.MicrosoftTeams", {}), "webhook")).toBe("acmeShopMicrosoftTeamsWebhook");
});

test("no name comes twice", () => {
  const names = new UniqueNames(["config"]);
  expect(["a", "a", "config", "a2", "a"].map((name) => names.take(name))).toEqual(["a", "a2", "config2", "a22", "a3"]);
});
