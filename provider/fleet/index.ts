export { noteIntents } from "../operations/state/ownership/owners";
export { check, newObjects } from "./check";
export { read } from "./refresh";
export { create, diff, examineNew, remove, update } from "./operations";
