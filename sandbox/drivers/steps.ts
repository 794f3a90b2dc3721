import { differences } from "../engine/differences";
import { isProviderType, parseUrn } from "../engine/urn";
import { decodeMap } from "../engine/values";
import type { DriverStep } from "./driver";

interface EventState {
  readonly id?: string;
  readonly inputs?: Record<string, unknown>;
}

interface StepEvent {
  readonly metadata: {
    readonly op: string;
    readonly urn: string;
    readonly type: string;
    readonly old?: EventState | null;
    readonly new?: EventState | null;
  };
}

/** A line of the CLI's event log. */
interface EngineEvent {
  readonly resourcePreEvent?: StepEvent;
  readonly resOutputsEvent?: StepEvent;
  readonly resOpFailedEvent?: StepEvent;
}

/** The steps that the CLI's event log tells of, in the order in which they ended. */
export function stepsOf(eventLog: string): DriverStep[] {
  const events = eventLog
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as EngineEvent);
  const steps = new Map<string, DriverStep>();
  for (const { resourcePreEvent, resOutputsEvent, resOpFailedEvent } of events) {
    const event = resOpFailedEvent ?? resOutputsEvent ?? (isSame(resourcePreEvent) ? resourcePreEvent : undefined);
    if (!event || isMadeByEngine(event.metadata.urn)) continue;
    const key = `${event.metadata.op} ${event.metadata.urn}`;
    steps.delete(key);
    steps.set(key, stepOf(event, resOpFailedEvent !== undefined));
  }
  return [...steps.values()];
}

/** Whether a resource is a provider that nobody declared. */
export function isMadeByEngine(urn: string): boolean {
  const { type, name } = parseUrn(urn);
  return isProviderType(type) && name.startsWith("default");
}

/** Of a resource without changes some versions of the CLI announce only the beginning. */
function isSame(event: StepEvent | undefined): boolean {
  return event?.metadata.op === "same";
}

function stepOf({ metadata }: StepEvent, failed: boolean): DriverStep {
  const { op, urn, type, old, new: next } = metadata;
  const id = next?.id ?? old?.id;
  return {
    op,
    urn,
    type,
    name: parseUrn(urn).name,
    ...(id === undefined || id === "" ? {} : { id }),
    changes: differences(decodeMap(old?.inputs ?? {}), decodeMap(next?.inputs ?? {})),
    failed,
  };
}
