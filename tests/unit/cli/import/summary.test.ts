import { counted, countedFamilies } from "../../../../provider/cli/import/report/counts";
import { summaryOf, summaryText } from "../../../../provider/cli/import/report/summary";
import { modelOf } from "../../../../provider/cli/import/model/imported";
import { remoteResource, scanIn } from "./support/remote-resources";
import { selection, targets } from "./support/program";

function textOf(hooks: number, more: Partial<typeof selection> = {}): string {
  const hook = (id: number) =>
    remoteResource("ProjectHook", {
      id,
      url: "https://ci.acme.dev",
      token_present: false,
      signing_token_present: false,
    });
  const scans = Array.from({ length: hooks }, (_, id) => scanIn(id + 1, `acme/p${id}`, hook(id + 1)));
  const about = { folder: "out", files: ["index.ts"], extended: [], toAdd: {}, lines: 1, seconds: 1, fleets: 0 };
  return summaryText(summaryOf(modelOf(scans, "leave"), { ...about, targets, env: false }), { ...selection, ...more });
}

test("one is singular, more are plural, and thousands have a comma", () => {
  expect([counted(1, "group"), counted(0, "group"), counted(1204, "hook")]).toEqual([
    "1 group",
    "0 groups",
    "1,204 hooks",
  ]);
  expect(countedFamilies({ hooks: 1, "push-rules": 2, shares: 0 })).toBe("1 hook, 2 sets of push rules");
  expect(textOf(1)).toMatch(/^1 project: 1 hook\.\n/);
  expect(textOf(2)).toMatch(/^2 projects: 2 hooks\.\n/);
});

test("fleets are proposed where single resources are slow, and not where they were asked for", () => {
  expect(textOf(299)).not.toContain("--fleet");
  expect(textOf(300)).toContain("--fleet makes one of each kind.");
  expect(textOf(300, { flat: true })).toContain("Without --flat, equal ones are one line of a table each.");
  expect(textOf(300, { fleet: true })).not.toContain("--fleet");
});
