import type { Control } from "gitlab-sandbox";

/** A run that comes to a halt, so that it can be ended there. */
export interface Cut {
  /** Whether it has come to where it is to be ended. */
  readonly reached: () => boolean;
  /** Lets GitLab answer again. */
  readonly over: () => void;
}

const FOREVER = 1_000_000;

/**
 * Lets GitLab answer nothing any more from the nth request that writes on. What that one asks for is done, unless it
 * makes something: what is made without the engine knowing is made again, and other tests are about that.
 */
export function cutAtWrite(control: Control, nth: number): Cut {
  let writes = 0;
  const unwatch = control.watch(({ phase, request: { method, path } }) => {
    if (phase !== "arrived" || method === "GET" || ++writes !== nth) return;
    const exact = `^${path.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`;
    control.addFault({ method, path: exact, hang: method === "POST" ? "before" : "after" });
    control.addFault({ hang: "before", times: FOREVER });
  });
  return {
    reached: () => writes >= nth,
    over: () => {
      unwatch();
      control.faults.clear();
    },
  };
}
