/**
 * What a text is as an address, undefined when it is none: `new URL()` without its error.
 *
 * `URL.canParse` cannot be asked first: on Node 20 and 22, once it has run often enough to be compiled, it refuses
 * every address with a letter like ü.
 */
export function parseUrl(text: string, base?: string): URL | undefined {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}
