import { randomUUID } from "node:crypto";
import type { Connection } from "../../../operations/connection";
import { providerText, typeToken } from "../../../core/definition";
import { fieldsOf } from "../../../core/schema";
import { toHiddenState } from "../../../operations/state/hidden-state";
import { readField, outputsOf } from "../../../operations/state/outputs";
import { defined, type Props } from "../../../operations/state/request-body";
import type { RemoteResource } from "../discover/scan";
import type { Arguments } from "./arguments";
import { inputsOf, withNumbers, type Imported } from "./imported";

/** What the state holds of a resource that was imported. */
export interface Stored {
  readonly type: string;
  readonly name: string;
  readonly id: string;
  readonly inputs: Props;
  readonly outputs: Props;
}

/**
 * The state of an object as it is now, with the inputs that the program gives it and the outputs that a read would give.
 * Secrets are left out, so that the first preview shows them and nothing else.
 */
export function storedOf(one: Imported, { settings }: Connection): Stored {
  const { resource, id, name, given } = one;
  const { definition, remote, parent } = resource;
  const shown = readField(definition, remote, {}, []);
  const inputs = inputsOf(one);
  const kept = Object.entries(inputs).map(([field, value]) => {
    const kind = given.get(field)?.kind;
    return [field, kind === "secret" ? undefined : kind === "secrets" ? shown[field] : value] as const;
  });
  const held = defined(Object.fromEntries(kept));
  const marks = {
    __managed: inputs.__managed as readonly string[],
    __gitlab: settings.baseUrl,
    __claim: randomUUID(),
    __inherited: remote.inherited ? (true as const) : undefined,
  };
  const outputs = withoutSecrets(resource, given, outputsOf(definition, withNumbers(resource, held), remote, parent));
  const provider = { __provider: providerText(definition) };
  return {
    type: typeToken(definition),
    name,
    id,
    inputs: held,
    outputs: { ...outputs, ...toHiddenState(marks), ...provider },
  };
}

/** GitLab returns a few credentials, and a file in clear is no place for them. */
function withoutSecrets({ definition }: RemoteResource, given: Arguments["given"], outputs: Props): Props {
  const infos = fieldsOf(definition.fields);
  const isSecret = (name: string) => infos.get(name)?.secret === true && infos.get(name)?.meta.keysOnly !== true;
  const entries = Object.entries(outputs);
  return Object.fromEntries(entries.filter(([name]) => !isSecret(name) && given.get(name)?.kind !== "secret"));
}
