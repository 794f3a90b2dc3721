import type { Operation, Variant } from "./stage";

/** What a chart needs of a result, as it stands in the benchmark's JSON. */
export interface Measured {
  /** The title of the contest that it belongs to: `300 hooks, 0 ms of latency, pulumi v3.260.0`. */
  readonly contest: string;
  readonly contestant: { readonly variant: Variant; readonly count: number };
  readonly operation: Operation;
  readonly seconds: number;
}

const names: Readonly<Record<Variant, string>> = {
  nothing: "a provider that does nothing",
  "many-outputs": "the same with as many outputs",
  "by-hand": "a provider written by hand",
  single: "single resources",
  fleet: "a fleet",
};

/** Each series has a colour of its own that is seen on white and on black, in the order of the series. */
const colours = ["#7d8590", "#c9822b", "#3b7dd8", "#2f9e6b", "#9a6bd1"];

const [left, barWidth, right, barHeight, gap, groupGap, top] = [110, 470, 80, 15, 3, 16, 62];

/**
 * Draws each contest as bars, one for each contestant and operation.
 *
 * @returns the text of an SVG by the name of its file: `bench-300-hooks-0-ms.svg`
 */
export function chartsOf(results: readonly Measured[]): ReadonlyMap<string, string> {
  const contests = [...new Set(results.map(({ contest }) => contest))];
  return new Map(
    contests.map((contest) => [
      fileName(contest),
      chart(
        contest,
        results.filter((result) => result.contest === contest),
      ),
    ]),
  );
}

function fileName(contest: string): string {
  const [what = "", latency = ""] = contest.split(/, (?!\d{3}\b)/);
  const words = `${what} ${latency.replace(" of latency", "")}`.toLowerCase().replaceAll(",", "");
  return `bench-${words.replace(/\W+/g, "-")}.svg`;
}

function chart(title: string, results: readonly Measured[]): string {
  const operations = [...new Set(results.map(({ operation }) => operation))];
  const counts = new Set(results.map(({ contestant }) => contestant.count));
  const labelOf = ({ contestant: { variant, count } }: Measured): string =>
    counts.size > 1 ? `${names[variant]} of ${count.toLocaleString("en")}` : names[variant];
  const series = [...new Set(results.map(labelOf))];
  const longest = Math.max(...results.map(({ seconds }) => seconds));
  const groupHeight = series.length * (barHeight + gap) + groupGap;
  const [width, height] = [left + barWidth + right, top + operations.length * groupHeight + 8];
  const bars = operations.flatMap((operation, index) => {
    const y = top + index * groupHeight;
    const own = results.filter((result) => result.operation === operation);
    return [
      text(left - 10, y + (groupHeight - groupGap) / 2 + 3, operation, ' text-anchor="end" class="name"'),
      ...own.flatMap((result) => bar(result, labelOf(result), series, y, longest)),
    ];
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title">`,
    `<title id="title">${escaped(title)}: seconds of each operation</title>`,
    "<style>",
    "rect.back{fill:#fff;stroke:#d0d7de}text{fill:#1f2328;font:12px system-ui,sans-serif}.name{font-weight:600}",
    "@media(prefers-color-scheme:dark){rect.back{fill:#16181d;stroke:#30343d}text{fill:#d7dae0}}",
    "</style>",
    `<rect class="back" x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="6"/>`,
    text(16, 22, `${title}: seconds`, ' class="name"'),
    ...legend(series),
    ...bars,
    "</svg>",
    "",
  ].join("\n");
}

function bar(result: Measured, label: string, series: readonly string[], y: number, longest: number): string[] {
  const index = series.indexOf(label);
  const at = y + index * (barHeight + gap);
  const length = Math.max(1, (result.seconds / longest) * barWidth);
  const seconds = `${result.seconds.toFixed(1)} s`;
  return [
    `<rect x="${left}" y="${at}" width="${length.toFixed(1)}" height="${barHeight}" rx="2" fill="${colourOf(index)}"><title>${escaped(`${result.operation}, ${label}: ${seconds}`)}</title></rect>`,
    text(left + length + 6, at + barHeight - 3, seconds),
  ];
}

function legend(series: readonly string[]): string[] {
  let x = 16;
  return series.flatMap((label, index) => {
    const begin = x;
    x += 24 + label.length * 6.2;
    return [
      `<rect x="${begin.toFixed(1)}" y="34" width="11" height="11" rx="2" fill="${colourOf(index)}"/>`,
      text(begin + 16, 44, label),
    ];
  });
}

function colourOf(index: number): string {
  return colours[index % colours.length] ?? "";
}

function text(x: number, y: number, content: string, attributes = ""): string {
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}"${attributes}>${escaped(content)}</text>`;
}

function escaped(content: string): string {
  return content.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
