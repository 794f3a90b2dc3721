import { z } from "zod";
import type { Args, ReportProblem } from "../../core/definition";
import { field, fieldsOf, flag, type Fields } from "../../core/schema";

/** The levels of a project or group; `global` is the one that its user has everywhere. */
export const levels = ["disabled", "participating", "watch", "global", "mention", "custom"] as const;

/** The levels that a user can have everywhere. */
export const ownLevels = ["disabled", "participating", "watch", "mention", "custom"] as const;

/** The events that all three levels share. Each needs the level `custom`. */
export const eventFields = {
  /** Sends email when somebody comments. Needs the level `custom`. @default false */
  newNote: flag(false),
  /** Sends email when an issue is opened. Needs the level `custom`. @default false */
  newIssue: flag(false),
  /** Sends email when an issue is reopened. Needs the level `custom`. @default false */
  reopenIssue: flag(false),
  /** Sends email when an issue is closed. Needs the level `custom`. @default false */
  closeIssue: flag(false),
  /** Sends email when an issue gets another assignee. Needs the level `custom`. @default false */
  reassignIssue: flag(false),
  /** Sends email when an issue is due tomorrow. Needs the level `custom`. @default false */
  issueDue: flag(false),
  /** Sends email when a merge request is opened. Needs the level `custom`. @default false */
  newMergeRequest: flag(false),
  /** Sends email when somebody pushes to a merge request. Needs the level `custom`. @default false */
  pushToMergeRequest: flag(false),
  /** Sends email when a merge request is reopened. Needs the level `custom`. @default false */
  reopenMergeRequest: flag(false),
  /** Sends email when a merge request is closed. Needs the level `custom`. @default false */
  closeMergeRequest: flag(false),
  /** Sends email when a merge request gets another assignee. Needs the level `custom`. @default false */
  reassignMergeRequest: flag(false),
  /** Sends email when a merge request gets another reviewer. Needs the level `custom`. @default false */
  changeReviewerMergeRequest: flag(false),
  /** Sends email when a merge request is merged. Needs the level `custom`. @default false */
  mergeMergeRequest: flag(false),
  /** Sends email when a merge request is set to merge automatically. Needs the level `custom`. @default false */
  mergeWhenPipelineSucceeds: flag(false),
  /** Sends email when a pipeline fails. Needs the level `custom`. @default true */
  failedPipeline: flag(true),
  /** Sends email when a pipeline succeeds after a failure. Needs the level `custom`. @default true */
  fixedPipeline: flag(true),
  /** Sends email when a pipeline succeeds. Needs the level `custom`. @default false */
  successPipeline: flag(false),
  /** Sends email when a release is published. Needs the level `custom`. @default false */
  newRelease: flag(false),
  /** Sends email when a project is moved. Needs the level `custom`. @default true */
  movedProject: flag(true),
  /** Sends email when a pipeline of a service account fails. Needs the level `custom`. @default false */
  serviceAccountFailedPipeline: flag(false, { source: "server" }),
  /** Sends email when a pipeline of a service account succeeds. Needs the level `custom`. @default false */
  serviceAccountSuccessPipeline: flag(false, { source: "server" }),
  /**
   * Sends email when a pipeline of a service account succeeds after a failure. Needs the level `custom`. @default false
   */
  serviceAccountFixedPipeline: flag(false, { source: "server" }),
};

/** The event that groups and users have, but projects have not. */
export const epicField = {
  /** Sends email when an epic is opened. Needs the level `custom`. GitLab Premium. @default false */
  newEpic: flag(false),
};

/** The event that projects and users have, but groups have not. */
export const approverField = {
  /** Sends email when a merge request is opened that the user may approve. Needs the level `custom`. @default false */
  approver: flag(false),
};

/**
 * The field of the level.
 *
 * @param byDefault the level that GitLab gives by itself
 */
export function levelField<const L extends readonly [string, ...string[]]>(accepted: L, byDefault: L[number]) {
  return field(z.enum(accepted).optional(), { default: byDefault });
}

/** GitLab would store events with any other level and not act on them. */
export function eventsNeedCustom(fields: Fields): (args: Args, report: ReportProblem) => void {
  const events = [...fieldsOf(fields).values()].filter((info) => info.type === "boolean").map((info) => info.name);
  return (args, report) => {
    const isKnown = !args.given("level") || args.known("level") !== undefined;
    if (!isKnown || args.known("level") === "custom") return;
    for (const name of events.filter((event) => args.given(event)))
      report(name, "has no effect unless level is custom");
  };
}
