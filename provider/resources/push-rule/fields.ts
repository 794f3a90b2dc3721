import { z } from "zod";
import { field, flag } from "../../core/schema";
import { singleLinePattern as regex } from "../../core/patterns";

/** The rules that projects and groups share. Regular expressions are in RE2's syntax. */
export const pushRuleFields = {
  /** A regular expression that every commit message must match. */
  commitMessageRegex: regex(511),
  /** A regular expression that no commit message may match. */
  commitMessageNegativeRegex: regex(2047),
  /** A regular expression that every branch name must match. */
  branchNameRegex: regex(511),
  /** A regular expression that the email address of every commit's author must match. */
  authorEmailRegex: regex(511),
  /** A regular expression that no committed file's name may match. */
  fileNameRegex: regex(511),
  /** The largest file that may be committed, in MB; 0 is no limit. @default 0 */
  maxFileSize: field(
    z
      .int()
      .refine((given) => given >= 0 && given <= 2_147_483_647, "must be between 0 and 2,147,483,647")
      .optional(),
    { default: 0 },
  ),
  /** Prevents the deletion of tags. @default false */
  denyDeleteTag: flag(false),
  /** Allows only commits whose authors are users of this GitLab. @default false */
  memberCheck: flag(false),
  /** Refuses files that look like secrets. @default false */
  preventSecrets: flag(false),
  /**
   * Allows users to push only commits with their own verified email addresses. Not included in every licence. @default
   * false
   */
  commitCommitterCheck: flag(false, { licensed: true }),
  /** Allows users to push only commits under their own name. Not included in every licence. @default false */
  commitCommitterNameCheck: flag(false, { licensed: true }),
  /** Refuses commits that are not signed. Not included in every licence. @default false */
  rejectUnsignedCommits: flag(false, { licensed: true }),
  /**
   * Refuses commits without a certificate of origin (`Signed-off-by`). Not included in every licence. @default false
   */
  rejectNonDcoCommits: flag(false, { source: "server", licensed: true }),
};
