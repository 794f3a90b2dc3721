import type { World } from "../world/world";
import type { Job, Project } from "./row";

/** Begins the background work of a new project as the instance is configured. */
export function newJob(world: World, kind: Job["kind"]): Job {
  const { polls, milliseconds, error } = world.settings.imports;
  return { kind, polls, until: Date.now() + milliseconds, error, status: "scheduled" };
}

/** Ends a project's import when its time has come; `counts` when this read is one of its polls. */
export function advance(project: Project, counts: boolean): void {
  if (project.job !== undefined && hasEnded(project.job, counts) && project.job.error === null) {
    project.hasContent = true;
  }
}

/** Takes background work a step further; true when it ended just now. */
export function hasEnded(job: Job, counts: boolean): boolean {
  if (job.status === "finished" || job.status === "failed") return false;
  if (job.polls > 0 || Date.now() < job.until) {
    if (counts) {
      job.status = "started";
      job.polls = Math.max(0, job.polls - 1);
    }
    return false;
  }
  job.status = job.error === null ? "finished" : "failed";
  return true;
}

/** What GitLab shows as `import_status`. */
export const importStatus = ({ job }: Project): string => job?.status ?? "none";
