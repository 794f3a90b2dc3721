import { flag } from "../../core/schema";

/** Pushes, for integrations that listen to them, where the documentation has the flag. */
export const pushes = {
  /** Acts on pushes. @default true */
  pushEvents: flag(true),
};

/** Pushes, for integrations whose documentation leaves the flag out. */
export const undocumentedPushes = {
  /** Acts on pushes. @default true */
  pushEvents: flag(true, { source: "server" }),
};

/** Merge requests, for integrations that listen to them unless told otherwise. */
export const mergeRequests = {
  /** Acts on merge requests. @default true */
  mergeRequestsEvents: flag(true),
};

/** New tags, for integrations that listen to them unless told otherwise. */
export const tagPushes = {
  /** Acts on new tags. @default true */
  tagPushEvents: flag(true),
};
