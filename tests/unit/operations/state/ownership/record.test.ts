import { spawnSync } from "node:child_process";
import { hostname } from "node:os";
import { MemoryJournal } from "../../../../../provider/operations/state/ownership/journal";
import { OwnershipRecord } from "../../../../../provider/operations/state/ownership/record";

const keys = ["https://g projects/42/hooks/7", "https://g projects/acme/shop/hooks/7"];
const a = { claim: "a", resource: 'ProjectHook "a"' };
const b = { claim: "b", resource: 'ProjectHook "b"' };

let record: OwnershipRecord;

beforeEach(() => {
  record = new OwnershipRecord(new MemoryJournal());
});

test("the first of two resources owns an object, under any of its keys", () => {
  expect(record.own(keys, a)).toBeUndefined();
  expect(record.own(keys.slice(1), b)).toEqual(a);
  expect(record.own(keys, a)).toBeUndefined();
});

test("a resource that makes its object again owns it by the newer claim", () => {
  record.own(keys, a);
  const again = { claim: "again", resource: a.resource };
  expect(record.own(keys, again)).toBeUndefined();
  expect(record.beginDelete(keys, "a")).toEqual(again);
});

test("a deletion keeps what another resource owns, and ends the ownership of its own claim alone", () => {
  record.own(keys, b);
  expect(record.beginDelete(keys, "a")).toEqual(b);
  expect(record.beginDelete(keys, "b")).toBeUndefined();
  record.endDelete(keys, "b", true);
  expect(record.otherOwner(keys)).toBeUndefined();
  expect(record.isSpent(keys)).toBe(true);
});

test("of two resources without claims, a deletion keeps what a diff found in state", () => {
  record.own(keys, { claim: "" });
  expect(record.beginDelete(keys, "")).toEqual({ claim: "", resource: undefined });
});

test("a resource that is to be replaced owns nothing, and only its own import is spent", () => {
  record.own(keys, a);
  record.replace(keys, a);
  expect(record.otherOwner(keys)).toBeUndefined();
  expect(record.isSpent(keys, a.resource)).toBe(true);
  expect(record.isSpent(keys, b.resource)).toBe(false);
  expect(record.isBeingReplaced(keys)).toBe(true);
});

test("a create that failed gives up its own claim alone", () => {
  record.own(keys, a);
  record.release(keys, "b");
  expect(record.otherOwner(keys, "b")).toEqual(a);
});

test("who is to have an object is known before it has it", () => {
  record.intend(keys, a.resource);
  expect(record.otherIntent(keys, a.resource)).toBeUndefined();
  expect(record.otherIntent(keys, b.resource)).toBe(a.resource);
});

test("a deletion is waited for while its process lives", async () => {
  const journal = new MemoryJournal();
  const waiting = new OwnershipRecord(journal);
  const { pid } = spawnSync(process.execPath, ["-e", ""]);
  journal.append({ event: "delete", keys, claim: "a", by: { pid, host: hostname() } });
  await waiting.untilDeleted(keys);
  waiting.beginDelete(keys, "b");
  let isOver = false;
  const wait = waiting.untilDeleted(keys).then(() => (isOver = true));
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect(isOver).toBe(false);
  waiting.endDelete(keys, "b", true);
  await wait;
});
