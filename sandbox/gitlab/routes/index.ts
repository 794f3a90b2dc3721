import { ACCOUNT_ROUTES } from "./account";
import { FORK_ROUTES } from "./forks";
import { GROUP_ROUTES } from "./groups";
import { HOOK_TEST_ROUTES } from "./hook-tests";
import { HOOK_ROUTES } from "./hooks";
import { INTEGRATION_ROUTES } from "./integrations";
import { MIRROR_ROUTES } from "./mirror";
import { NOTE_ROUTES } from "./notes";
import { NOTIFICATION_ROUTES } from "./notifications";
import { PROJECT_FILE_ROUTES } from "./project-files";
import { PROJECT_LIFECYCLE_ROUTES } from "./project-lifecycle";
import { PROJECT_LIST_ROUTES } from "./project-lists";
import { PROJECT_PEOPLE_ROUTES } from "./project-people";
import { PROJECT_ROUTES } from "./projects";
import { PUSH_RULE_ROUTES } from "./push-rules";
import { SHARE_ROUTES } from "./shares";
import { STAR_ROUTES } from "./stars";
import type { Route } from "./route";

/** Every API route of the emulator, one list per family. */
export const ROUTES: readonly Route[] = [
  ...ACCOUNT_ROUTES,
  ...GROUP_ROUTES,
  ...PROJECT_LIST_ROUTES,
  ...PROJECT_ROUTES,
  ...PROJECT_LIFECYCLE_ROUTES,
  ...PROJECT_FILE_ROUTES,
  ...PROJECT_PEOPLE_ROUTES,
  ...SHARE_ROUTES,
  ...FORK_ROUTES,
  ...STAR_ROUTES,
  ...MIRROR_ROUTES,
  ...HOOK_ROUTES,
  ...HOOK_TEST_ROUTES,
  ...INTEGRATION_ROUTES,
  ...PUSH_RULE_ROUTES,
  ...NOTIFICATION_ROUTES,
  ...NOTE_ROUTES,
];
