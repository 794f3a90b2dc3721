import { z } from "zod";
import { field, flag } from "../../core/schema";
import { singleLinePattern as regex } from "../../core/patterns";

/** The rules that projects and groups share. Regular expressions are in RE2's syntax. */
export const pushRuleFields = {
  /** What every commit message must match. */
  commitMessageRegex: regex(511),
  /** What no commit message may match. */
  commitMessageNegativeRegex: regex(2047),
  /** What every branch name must match. */
  branchNameRegex: regex(511),
  /** What the address of every commit's author must match. */
  authorEmailRegex: regex(511),
  /** What no committed file's name may match. */
  fileNameRegex: regex(511),
  /** The largest file that may be committed, in MB; 0 is no limit. @default 0 */
  maxFileSize: field(
    z
      .int()
      .refine((given) => given >= 0 && given <= 2_147_483_647, "must be between 0 and 2,147,483,647")
      .optional(),
    { default: 0 },
  ),
  /** Forbids to delete a tag. @default false */
  denyDeleteTag: flag(false),
  /** Allows only authors that are users of this GitLab. @default false */
  memberCheck: flag(false),
  /** Refuses files that look like secrets. @default false */
  preventSecrets: flag(false),
  /** Allows users to push only commits of their own verified addresses. Some licences lack it. @default false */
  commitCommitterCheck: flag(false, { licensed: true }),
  /** Allows users to push only commits under their own name. Some licences lack it. @default false */
  commitCommitterNameCheck: flag(false, { licensed: true }),
  /** Refuses commits that are not signed. Some licences lack it. @default false */
  rejectUnsignedCommits: flag(false, { licensed: true }),
  /** Refuses commits without a certificate of origin (`Signed-off-by`). Some licences lack it. @default false */
  rejectNonDcoCommits: flag(false, { source: "server", licensed: true }),
};
