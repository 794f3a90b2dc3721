const units = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
] as const;

/** How long ago a time of GitLab's was, in words: `3 minutes ago`. */
export function ageOf(time: unknown, now = Date.now()): string {
  const then = typeof time === "string" ? Date.parse(time) : Number.NaN;
  if (Number.isNaN(then)) return "at an unknown time";
  const format = new Intl.RelativeTimeFormat("en", { numeric: "always" });
  for (const [unit, length] of units) {
    const count = Math.floor((now - then) / length);
    if (count >= 1) return format.format(-count, unit);
  }
  return "less than a minute ago";
}
