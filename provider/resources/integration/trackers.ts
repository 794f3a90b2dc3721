import { webUrl } from "../../core/schema";

const placeholder = ":id";

/** The addresses that every issue tracker has which GitLab only links to. */
export const trackerFields = {
  /** The address of the project in the tracker. */
  projectUrl: webUrl(),
  /** The address of one issue in the tracker. Must contain `:id`, which stands for the issue. */
  issuesUrl: webUrl().refine(
    (given) => given.includes(placeholder),
    `must contain ${placeholder} in place of the issue`,
  ),
};

/** The address at which some of these trackers make a new issue. */
export const newIssueField = {
  /** The address at which a new issue is made in the tracker. */
  newIssueUrl: webUrl(),
};
