import { webUrl } from "../../core/schema";

const placeholder = ":id";

/** The addresses that every issue tracker has which GitLab only links to. */
export const trackerFields = {
  /** The URL of the project in the tracker. */
  projectUrl: webUrl(),
  /** The URL of one issue in the tracker. Must contain `:id` as a placeholder for the issue. */
  issuesUrl: webUrl().refine(
    (given) => given.includes(placeholder),
    `must contain ${placeholder} in place of the issue`,
  ),
};

/** The address at which some of these trackers make a new issue. */
export const newIssueField = {
  /** The URL for creating an issue in the tracker. */
  newIssueUrl: webUrl(),
};
