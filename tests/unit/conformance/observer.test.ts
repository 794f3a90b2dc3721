import { AllowedWrites } from "../../../provider/conformance/allowed-writes";
import { Interrupted, Observer } from "../../../provider/conformance/observer";
import { RequestSpacing } from "../../../provider/conformance/request-spacing";

const get = { method: "GET", path: "/projects/60", body: undefined };

/** An observer with a clock that the test moves. */
function observed(): { readonly observer: Observer; readonly after: (seconds: number, status?: number) => void } {
  let time = 0;
  const { signal } = new AbortController();
  const observer = new Observer(new RequestSpacing(0), new AllowedWrites(), signal, () => time);
  const after = (seconds: number, status?: number) => {
    time += seconds * 1000;
    const outcome = { ...(status === undefined ? {} : { status }), headers: {}, text: "", elapsed: 0 };
    observer.note({ subject: "a class", step: "create", method: "GET", path: get.path, sent: undefined, outcome });
  };
  return { observer, after };
}

test.each([
  ["no answer", undefined],
  ["a gateway's answers", 502],
])("two minutes of nothing but %s end a run, and its cleaning goes on", async (_, status) => {
  const { observer, after } = observed();
  after(0, status);
  after(119, status);
  await observer.admit(get, "working");
  after(2, status);
  await expect(observer.admit(get, "working")).rejects.toThrow(Interrupted);
  await observer.admit(get, "cleaning");
});

test("one answer in between is enough for a run to go on", async () => {
  const { observer, after } = observed();
  after(0);
  after(100, 404);
  after(1);
  after(100);
  await observer.admit(get, "working");
});

test("the busiest minute of a run counts what was sent within any 60 seconds", async () => {
  const { observer, after } = observed();
  for (const pause of [0, 10, 30, 70, 1, 1]) {
    after(pause, 200);
    await observer.admit(get, "working");
  }
  expect(observer.mostInAMinute()).toBe(3);
});
