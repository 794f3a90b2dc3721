import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { chartsOf, type Measured } from "../../bench/charts";

const docs = path.resolve(__dirname, "../../docs");
const images = path.join(docs, "images");
const results = JSON.parse(readFileSync(path.join(images, "bench.json"), "utf8")) as readonly Measured[];

test("the pictures in docs/scale.md are drawn from the benchmark's figures", () => {
  const drawn = readdirSync(images).filter((file) => /^bench-.*\.svg$/.test(file));
  const charts = chartsOf(results);
  expect(drawn.sort()).toEqual([...charts.keys()].sort());
  for (const file of drawn) expect(readFileSync(path.join(images, file), "utf8")).toBe(charts.get(file));
});

test("the tables in docs/scale.md show the figures of the picture above them", () => {
  const parts = readFileSync(path.join(docs, "scale.md"), "utf8").split(/^!\[[^\]]*\]\(images\/(bench-[^)]*)\)$/m);
  const pictures = parts.filter((_, index) => index % 2 === 1);
  expect(pictures.sort()).toEqual([...chartsOf(results).keys()].sort());
  for (const contest of new Set(results.map((result) => result.contest))) {
    const own = results.filter((result) => result.contest === contest);
    const [file = ""] = chartsOf(own).keys();
    const [, table = ""] = (parts[parts.indexOf(file) + 1] ?? "").split("\n\n");
    const shown = table.split("\n").map((line) => line.split("|").map((cell) => cell.trim()));
    for (const operation of new Set(own.map((result) => result.operation))) {
      const [, , ...cells] = shown.find(([, name]) => name === operation) ?? [];
      const seconds = own.filter((result) => result.operation === operation).map((result) => result.seconds.toFixed(1));
      expect([contest, operation, cells.flatMap((cell) => /^[\d.]+/.exec(cell) ?? [])]).toEqual([
        contest,
        operation,
        seconds,
      ]);
    }
  }
});

test("bars are as long as their figures say, and say them", () => {
  const measured = (variant: "single" | "fleet", seconds: number): Measured => {
    const contest = "1,000 hooks, 50 ms of latency, pulumi v3.260.0, state written once";
    return { contest, contestant: { variant, count: 1000 }, operation: "up", seconds };
  };
  const [[file, chart] = ["", ""]] = chartsOf([measured("single", 20), measured("fleet", 5)]);
  expect(file).toBe("bench-1000-hooks-50-ms.svg");
  const [single = 0, fleet = 0] = [...chart.matchAll(/<rect x="110"[^>]* width="([\d.]+)"/g)].map(([, width]) =>
    Number(width),
  );
  expect(single / fleet).toBeCloseTo(4, 1);
  expect(chart).toContain(">20.0 s</text>");
  expect(chart).toContain(">5.0 s</text>");
});
