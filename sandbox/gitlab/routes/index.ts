import { ACCOUNT_ROUTES } from "./account";
import { APPLICATION_SETTINGS_ROUTES } from "./application-settings";
import { asTheEditionHasIt } from "./edition";
import { CUSTOM_ATTRIBUTE_ROUTES } from "./custom-attributes";
import { FORK_ROUTES } from "./forks";
import { GROUP_ROUTES } from "./groups";
import { HOOK_TEST_ROUTES } from "./hook-tests";
import { HOOK_ROUTES } from "./hooks";
import { INTEGRATION_ROUTES } from "./integrations";
import { LICENCE_ROUTES } from "./licence";
import { MIRROR_ROUTES } from "./mirror";
import { MEMBER_ROUTES } from "./members";
import { NOTE_ROUTES } from "./notes";
import { NOTIFICATION_ROUTES } from "./notifications";
import { PROJECT_FILE_ROUTES } from "./project-files";
import { PROJECT_LIFECYCLE_ROUTES } from "./project-lifecycle";
import { PROJECT_LIST_ROUTES } from "./project-lists";
import { PROJECT_PEOPLE_ROUTES } from "./project-people";
import { PROJECT_ROUTES } from "./projects";
import { PUSH_RULE_ROUTES } from "./push-rules";
import { SHARE_ROUTES } from "./shares";
import { REMOTE_MIRROR_ROUTES } from "./remote-mirrors";
import { STAR_ROUTES } from "./stars";
import { TOKEN_ROUTES } from "./tokens";
import type { Route } from "./route";

/** One list per family. */
const ALL: readonly Route[] = [
  ...ACCOUNT_ROUTES,
  ...TOKEN_ROUTES,
  ...MEMBER_ROUTES,
  ...APPLICATION_SETTINGS_ROUTES,
  ...LICENCE_ROUTES,
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
  ...REMOTE_MIRROR_ROUTES,
  ...HOOK_ROUTES,
  ...HOOK_TEST_ROUTES,
  ...INTEGRATION_ROUTES,
  ...PUSH_RULE_ROUTES,
  ...NOTIFICATION_ROUTES,
  ...NOTE_ROUTES,
  ...CUSTOM_ATTRIBUTE_ROUTES,
];

/** Every API route of the emulator, as the edition that it is has them. */
export const ROUTES: readonly Route[] = ALL.map(asTheEditionHasIt);
