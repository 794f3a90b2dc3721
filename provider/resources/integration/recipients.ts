import { z } from "zod";
import { entriesIn } from "../../core/codecs";
import { field } from "../../core/schema";

/** How an integration takes a list of mail addresses. */
export interface RecipientList {
  /** The most addresses that GitLab takes, each counted once. */
  readonly most: number;
  readonly separator: RegExp;
  /** The separators in words. */
  readonly between: string;
}

/** A required list of mail addresses in one text. Names before addresses in angle brackets pass: GitLab skips them. */
export function recipients({ most, separator, between }: RecipientList) {
  const addresses = (given: string) =>
    given
      // Only from where a name can begin: a long text without an address would be searched from each of its letters.
      .replace(/(?<![^,<>])[^,<>]*<([^<>]*)>/g, " $1 ")
      .split(separator)
      .filter((word) => word !== "");
  const counted = (given: string) => new Set(addresses(given).map((address) => address.toLowerCase())).size;
  const schema = z
    .string()
    .refine((given) => addresses(given).length > 0, "must name at least one address")
    .refine((given) => counted(given) <= most, `must name at most ${most} addresses`)
    // GitLab writes to nobody where a word is no address, and says nothing.
    .refine(
      (given) => addresses(given).every((address) => /^[^@]+@[^@]+$/.test(address)),
      `must be addresses with ${between} between`,
    );
  return field(schema, { codec: entriesIn(addresses) });
}
