// Rules that every GitLab setting of a stack must keep. `pulumi preview --policy-pack policy` holds a change to them
// before anything is made, and `pulumi policy analyze --policy-pack policy` what is in the state already.
import { PolicyPack } from "@pulumi/policy";
import { policies } from "./rules";

new PolicyPack("gitlab-settings", { enforcementLevel: "mandatory", policies });
