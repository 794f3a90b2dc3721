import * as gitlab from "pulumi-gitlab-dynamic";
import { hooks } from "./hooks";

new gitlab.Fleet("hooks", gitlab.ProjectHook, Object.fromEntries(hooks()));
