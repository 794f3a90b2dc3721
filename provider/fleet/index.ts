export { noteIntents } from "../lifecycle/ownership/owners";
export { check } from "./check";
export { read } from "./read";
export { create, diff, remove, update } from "./steps";
