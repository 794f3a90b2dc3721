import { AppleAppStore } from "../../../../provider/resources/integration/catalog/apple-app-store";
import type { RemoteObject } from "../../../../provider/operations/api/remote-object";
import { differences, readField } from "../../../../provider/operations/state/outputs";
import { takenIn } from "../../../../provider/operations/state/stored";

const { definition } = AppleAppStore;
const given = { appStoreKeyId: "KEY1", appStorePrivateKey: "the key" };

function answer(values: Record<string, unknown>): RemoteObject {
  return { values: { app_store_key_id: "KEY1", ...values }, active: true, inherited: false };
}

describe.each([
  ["leaves out", answer({})],
  ["hides", answer({ app_store_private_key: null })],
])("a readable secret that GitLab %s", (_how, found) => {
  test("counts as taken, and keeps its last value", () => {
    expect(takenIn(definition, { remote: found, given, last: {}, before: {} }).names).toEqual([]);
    expect(readField(definition, found, given, [])).toEqual(given);
    expect(differences(definition, found, given)).toEqual([]);
  });
});

test("a readable secret that GitLab returns is compared", () => {
  const found = answer({ app_store_private_key: "another key" });
  expect(takenIn(definition, { remote: found, given, last: {}, before: {} }).names).toEqual(["appStorePrivateKey"]);
  expect(readField(definition, found, given, [])).toMatchObject({ appStorePrivateKey: "another key" });
  expect(differences(definition, found, given)).toEqual(["appStorePrivateKey"]);
});
