import { z } from "zod";
import { describeIssue } from "../../../provider/operations/schema-issues";

function reasons(schema: z.ZodType, value: unknown): string[] {
  const issues = schema.safeParse(value).error?.issues ?? [];
  return issues.flatMap((issue) => describeIssue(issue, value)).map(({ path, reason }) => [...path, reason].join(": "));
}

describe("describeIssue", () => {
  test.each<[string, z.ZodType, unknown, string[]]>([
    ["a wrong type", z.string(), true, ["must be a string, but is a boolean"]],
    ["a text for a whole number", z.int(), "1", ["must be a number, but is a string"]],
    ["a fraction", z.int(), 1.5, ["must be a whole number"]],
    ["a number that is too great", z.int().max(65_535), 70_000, ["must be at most 65535"]],
    ["a number that is too small", z.int().min(1), 0, ["must be at least 1"]],
    ["a text that is too long", z.string().max(3), "secret", ["must have at most 3 characters"]],
    ["a list that is too long", z.array(z.string()).max(1), ["a", "b"], ["must have at most 1 items"]],
    ["a value off the list", z.enum(["bike", ""]), "horn", ['must be one of bike, ""']],
    ["an item of a list", z.array(z.string()), ["a", 1], ["1: must be a string, but is a number"]],
  ])("says what would be right for %s", (_, schema, value, expected) => {
    expect(reasons(schema, value)).toEqual(expected);
  });
});
