import { ageOf } from "../../../provider/core/age";
import { nearest } from "../../../provider/operations/suggestion";

const now = Date.parse("2026-01-02T12:00:00Z");

test.each([
  ["2026-01-02T11:59:30Z", "less than a minute ago"],
  ["2026-01-02T11:59:00Z", "1 minute ago"],
  ["2026-01-02T11:57:00Z", "3 minutes ago"],
  ["2026-01-02T10:00:00Z", "2 hours ago"],
  ["2026-01-01T12:00:00Z", "1 day ago"],
  ["2025-12-01T12:00:00Z", "32 days ago"],
  ["2026-01-02T12:05:00Z", "less than a minute ago"],
  ["yesterday", "at an unknown time"],
  [null, "at an unknown time"],
  [undefined, "at an unknown time"],
])("%p was %s", (time, expected) => {
  expect(ageOf(time, now)).toBe(expected);
});

const names = ["url", "pushEvents", "mergeRequestsEvents", "webhook"];

test.each([
  ["webhok", "webhook"],
  ["pushevents", "pushEvents"],
  ["pushEvent", "pushEvents"],
  ["mergeRequestEvents", "mergeRequestsEvents"],
  ["uri", "url"],
  ["token", undefined],
])("%s most likely means %p", (given, expected) => {
  expect(nearest(given, names)).toBe(expected);
});

test("a very long name means none, and is soon told so", () => {
  expect(nearest("x".repeat(1_000_000), names)).toBeUndefined();
});
