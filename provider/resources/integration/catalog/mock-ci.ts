import { flag, webUrl } from "../../../core/schema";
import { undocumentedPushes } from "../events";
import {
  integration,
  type Integration,
  type IntegrationArgs,
  type IntegrationOutputs,
  type IntegrationSettings,
} from "../factory";

const fields = {
  /** The URL of the mock build server. */
  mockServiceUrl: webUrl(),
  /** Whether the certificate of the server must be valid. @default true */
  enableSslVerification: flag(true),
};

type MockCiFields = typeof undocumentedPushes & typeof fields;

interface MockCiSettings extends IntegrationSettings<MockCiFields> {}
interface MockCiOutputs extends IntegrationOutputs<MockCiFields> {}

/** The arguments of {@link MockCi}. */
export type MockCiArgs = IntegrationArgs<MockCiSettings>;

const base: Integration<MockCiArgs, MockCiOutputs> = integration({
  name: "MockCi",
  slug: "mock-ci",
  offeredOnly: "in the development environment of GitLab",
  fields: { ...undocumentedPushes, ...fields },
});

/**
 * Mock CI (`mock-ci`), available only in development instances of GitLab.
 *
 * @see https://docs.gitlab.com/api/project_integrations/#mock-ci
 *
 * @example
 * ```ts
 * new gitlab.integrations.MockCi("mock-ci", {
 *   project: "acme/shop",
 *   mockServiceUrl: "http://localhost:4004",
 * });
 * ```
 */
export class MockCi extends base {}
