import type { Client } from "../../client";
import { missingToken, type Settings } from "../../config/settings";
import { ProviderError } from "../../core/errors";

/** A client that sends nothing, for a preview without a token: every call says what is missing. */
export function withoutToken({ baseUrl }: Settings): Client {
  const refuse = () => Promise.reject(new ProviderError(missingToken));
  return {
    baseUrl,
    get: refuse,
    post: refuse,
    put: refuse,
    delete: refuse,
    download: refuse,
    // eslint-disable-next-line require-yield -- a list that fails before its first entry
    async *list() {
      await refuse();
    },
  };
}
