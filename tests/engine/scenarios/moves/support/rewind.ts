import type { DeploymentJson } from "gitlab-sandbox/engine";

import type { GitLab, Scenario } from "../../support/scenario";

/** A stack and a GitLab as they were once, to which they can go back. */
export class Rewind {
  readonly #world: GitLab["sandbox"]["control"]["world"]["state"];

  private constructor(
    readonly scenario: Scenario,
    readonly gitlab: GitLab,
    readonly deployment: DeploymentJson,
  ) {
    this.#world = structuredClone(gitlab.sandbox.control.world.state);
  }

  /** Keeps how things are now. */
  static async keep(scenario: Scenario, gitlab: GitLab): Promise<Rewind> {
    return new Rewind(scenario, gitlab, await scenario.export());
  }

  /** Goes back to it, and forgets the requests. */
  async restore(): Promise<void> {
    const { control } = this.gitlab.sandbox;
    control.world.state = structuredClone(this.#world);
    control.faults.clear();
    await this.scenario.load(this.deployment);
    this.gitlab.requests();
  }
}
