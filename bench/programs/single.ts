import * as gitlab from "pulumi-gitlab-dynamic";
import { hooks } from "./hooks";

for (const [name, hook] of hooks()) new gitlab.ProjectHook(name, hook);
