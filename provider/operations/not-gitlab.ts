/** The address of a GitLab as messages name it: without the API's path. */
export function addressOf(baseUrl: string): string {
  return baseUrl.replace(/\/api\/v4$/, "");
}

/**
 * Says that the configured address is not that of a GitLab.
 *
 * @param does what is there instead does, without a full stop
 */
export function notGitLab(baseUrl: string, does: string): string {
  return `gitlab:baseUrl is not a GitLab: ${addressOf(baseUrl)} ${does}. Check the address, and the proxy in front of it`;
}
