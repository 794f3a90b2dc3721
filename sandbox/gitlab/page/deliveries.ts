import { hookIn } from "../hooks/params";
import type { World } from "../world/world";
import { shownText, shownUrl } from "./masking";
import { scopeOf, type Place } from "./place";

/** A delivery of a hook. */
export interface DeliveryView {
  readonly id: number;
  /** ISO 8601 */
  readonly at: string;
  readonly trigger: string;
  /** An HTTP status, or that there was none. */
  readonly status: string;
  readonly isSuccess: boolean;
  /** Seconds */
  readonly duration: number;
  readonly url: string;
  /** Names of the headers that were sent. */
  readonly headers: readonly string[];
  /** What it was about, as JSON. */
  readonly data: string;
}

const MOST_DELIVERIES = 20;

/**
 * The last deliveries of a hook, newest first. Raises 404.
 *
 * What the receiver answered is left out: it may repeat what it was sent, the token included.
 */
export function deliveriesOf(world: World, place: Place, hookId: string): DeliveryView[] {
  const { events } = hookIn(world, scopeOf(place), hookId);
  return events.slice(0, MOST_DELIVERIES).map((event) => ({
    id: event.id,
    at: event.createdAt,
    trigger: event.trigger,
    status: event.responseStatus,
    isSuccess: event.responseStatus.startsWith("2"),
    duration: event.executionDuration,
    url: shownUrl(event.url),
    headers: Object.keys(event.requestHeaders),
    data: shownText(JSON.stringify(event.requestData, undefined, 2)),
  }));
}
