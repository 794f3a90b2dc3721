import { ProjectHook } from "../../../provider";
import { check } from "../../../provider/fleet";

test("a problem that many entries have is said once, with the first of their keys", () => {
  const url = "https://ci.example.com";
  const entries = Array.from({ length: 1000 }, (_, n): [string, Record<string, unknown>] => {
    const key = `k${String(n).padStart(3, "0")}`;
    if (n % 20 === 0) return [key, { url }];
    if (n % 20 === 1) return [key, { project: "acme/canary/", url }];
    return [key, n < 4 ? { project: 42 } : { project: 42, url }];
  });
  expect(check(ProjectHook.definition, {}, { entries: Object.fromEntries(entries) }).problems).toEqual([
    '50 entries ("k000", "k020", "k040" and 47 more): project: is required',
    '50 entries ("k001", "k021", "k041" and 47 more): project: ends with a slash: give the full path without it, such as acme/shop',
    'entries["k002"].url: is required',
    'entries["k003"].url: is required',
  ]);
});
