import { RequestSpacing } from "../../../provider/conformance/request-spacing";

/** A clock that only waiting moves. */
class Clock {
  time = 0;
  readonly now = () => this.time;
  readonly sleep = (milliseconds: number) => {
    this.time += milliseconds;
    return Promise.resolve();
  };
}

test("no minute has more requests than it may, however fast they come", async () => {
  const clock = new Clock();
  const limiter = new RequestSpacing(570, clock);
  const sent: number[] = [];
  for (let count = 0; count < 2000; count++) {
    await limiter.turn();
    sent.push(clock.now());
    // Pauses are not made up for.
    if (count === 900) clock.time += 30_000;
  }
  const most = Math.max(...sent.map((time) => sent.filter((other) => other >= time && other < time + 60_000).length));
  expect(most).toBeLessThanOrEqual(571);
  expect(most).toBeGreaterThan(560);
});

test("without a limit nothing waits", async () => {
  const clock = new Clock();
  const limiter = new RequestSpacing(0, clock);
  for (let count = 0; count < 1000; count++) await limiter.turn();
  expect(clock.now()).toBe(0);
});
