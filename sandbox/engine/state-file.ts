import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";

import { Crypter } from "./crypter";
import { deserialize, type Deployment, type DeploymentJson, serialize } from "./deployment";

/** The file that holds a stack's state, in the format of `pulumi stack export`. */
export class StateFile {
  private readonly crypter: Crypter;

  /** Throws when there is a file and the passphrase is not the one it was written with. */
  constructor(
    private readonly path: string,
    passphrase: string,
  ) {
    const salt = this.json()?.deployment.secrets_providers?.state.salt;
    this.crypter = salt === undefined ? Crypter.create(passphrase) : Crypter.fromSalt(passphrase, salt);
  }

  /** Reads the state; empty when there is no file yet. */
  read(): Deployment {
    const json = this.json();
    return json ? deserialize(json, this.crypter) : { resources: [], pendingOperations: [] };
  }

  /** Replaces the file as a whole. */
  write(deployment: Deployment): void {
    const text = JSON.stringify(serialize(deployment, this.crypter), undefined, 4);
    const temporary = `${this.path}.${process.pid}.tmp`;
    // Written within a step, between two calls: a killed process leaves either the old file or the new one.
    writeFileSync(temporary, `${text}\n`, { mode: 0o600 });
    renameSync(temporary, this.path);
  }

  /** The state as it would be exported, secrets encrypted. */
  export(): DeploymentJson {
    return this.json() ?? serialize(this.read(), this.crypter);
  }

  private json(): DeploymentJson | undefined {
    return existsSync(this.path) ? (JSON.parse(readFileSync(this.path, "utf8")) as DeploymentJson) : undefined;
  }
}
