export { clientFor, createClient, type Client, type RequestOptions } from "./client";
export {
  GitLabError,
  isNotFound,
  lacksCall,
  LostAnswerError,
  mayBeDone,
  notFound,
  refusedWith,
  UnreachableError,
  unusable,
  type Asked,
  type Method,
} from "./errors";
export type { GitLabResponse } from "./types";
export type { Clock } from "./rate-limiter";
export type { BodyConsumer } from "./body-consumer";
export { triesAfterStatus } from "./retry";
export { apiPath, path, readable, under, type ApiPath, type Query } from "./path";
