import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import * as path from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { findCli } from "gitlab-sandbox/drivers";
import { chartsOf, type Measured } from "./charts";
import { hold, nameOf, type Contest, type Contestant, type Result } from "./contest";
import { operations, type Conditions, type Operation, type Variant } from "./stage";
import { startup } from "./startup";
import { tableOf } from "./table";

const parts = ["startup", "singles", "fleets"] as const;
type Part = (typeof parts)[number];

const variants: readonly Variant[] = ["nothing", "many-outputs", "by-hand", "single", "fleet"];

interface Flags {
  readonly quick?: true;
  readonly only?: readonly Part[];
  readonly latency: readonly number[];
  readonly singles: readonly number[];
  readonly fleets: readonly number[];
  readonly perProject: number;
  readonly programs: readonly Variant[];
  readonly operations: readonly Operation[];
  readonly checkpoints: number;
  readonly standIn?: true;
  readonly json?: string;
  readonly charts?: string;
  readonly from?: string;
}

/** For those who want to know within about two minutes whether something has become slower. */
const quick = {
  latency: [0],
  singles: [50],
  fleets: [50],
  programs: ["nothing", "single", "fleet"] as const,
  operations: operations.filter((operation) => operation !== "empty up"),
  loads: 2,
};
const thorough = {
  latency: [0, 50],
  singles: [1, 100, 300, 1000],
  fleets: [300, 3000, 10_000],
  programs: ["nothing", "by-hand", "single", "fleet"] as const,
  operations,
  loads: 11,
};

function numbers(text: string): number[] {
  const found = text.split(",").map((part) => Number(part.replaceAll("_", "")));
  if (found.every((number) => Number.isSafeInteger(number) && number >= 0)) return found;
  throw new InvalidArgumentError("It must be whole numbers with commas between them.");
}

function parse(): Flags & { readonly loads: number } {
  const program = new Command("npm run bench --")
    .description("Measures what the package costs, on this machine and against the sandbox.")
    .addOption(new Option("--only <part...>", "these parts alone").choices(parts))
    .option("--quick", "fewer and smaller ones, about two minutes")
    .option("--latency <ms>", "milliseconds that each request takes longer, one run for each", numbers)
    .option("--singles <counts>", "how many single resources, one comparison for each", numbers)
    .option("--fleets <counts>", "how many entries in fleets, all compared", numbers)
    .addOption(
      new Option("--programs <name...>", "these alone of what single resources are compared with").choices(variants),
    )
    .option("--per-project <count>", "hooks in one project", (text) => numbers(text)[0] ?? 1, 1)
    .option(
      "--checkpoints <most>",
      "up to so many single resources, let the engine write its state after each step, as it does by itself; else once",
      (text) => numbers(text)[0] ?? 0,
      300,
    )
    .option("--stand-in", "run on the stand-in engine even where there is a CLI")
    .option("--json <file>", "write all figures there")
    .option("--charts <folder>", "draw the figures there, one SVG for each comparison")
    .option("--from <file>", "measure nothing: draw the figures that --json wrote there")
    .parse();
  const given = program.opts<Partial<Flags> & Pick<Flags, "checkpoints" | "perProject">>();
  return { ...(given.quick ? quick : thorough), ...given };
}

function contestsOf(flags: Flags, wanted: (part: Part) => boolean, cli: Conditions["cli"]): Contest[] {
  return flags.latency.flatMap((latency) => {
    const conditions = (count: number): Conditions => {
      return { latency, perProject: flags.perProject, checkpoints: count <= flags.checkpoints, cli };
    };
    const under = `${latency} ms of latency, ${engineOf(cli)}`;
    const singles = flags.singles.map((count): Contest => {
      const compared = flags.programs.filter((variant) => variant !== "fleet" || flags.fleets.includes(count));
      const contestants = compared.map((variant): Contestant => ({ variant, count }));
      const { checkpoints } = conditions(count);
      const written = checkpoints ? "state written after each step" : "state written once";
      const title = `${count.toLocaleString("en")} hooks, ${under}, ${written}`;
      return { title, contestants, operations: flags.operations, conditions: conditions(count) };
    });
    const fleets: Contest = {
      title: `Fleets, ${under}`,
      contestants: flags.fleets.map((count) => ({ variant: "fleet", count })),
      operations: flags.operations,
      conditions: conditions(1),
    };
    // A fleet that has run beside single resources of its number need not run again by itself.
    const isCovered = wanted("singles") && flags.fleets.every((count) => flags.singles.includes(count));
    return [...(wanted("singles") ? singles : []), ...(wanted("fleets") && !isCovered ? [fleets] : [])];
  });
}

function engineOf(cli: Conditions["cli"]): string {
  return cli ? `pulumi ${cli.version}` : "the stand-in engine";
}

async function main(): Promise<void> {
  const flags = parse();
  if (flags.from !== undefined) {
    draw(JSON.parse(readFileSync(flags.from, "utf8")) as readonly Measured[], flags.charts ?? ".");
    return;
  }
  const wanted = (part: Part): boolean => flags.only?.includes(part) ?? true;
  const cli = flags.standIn ? undefined : await findCli();
  const [processor] = cpus();
  say(`Node ${process.versions.node}, ${engineOf(cli)}, ${cpus().length} x ${processor?.model ?? "unknown"}\n`);
  if (wanted("startup")) {
    const measured = startup(flags.loads, (what) => {
      progress(`start-up: ${what}`);
    });
    say(measured);
  }
  const results: (Result & Measured & { readonly latency: number })[] = [];
  const contests = contestsOf(flags, wanted, cli);
  const total = contests.reduce((sum, contest) => sum + contest.contestants.length * contest.operations.length, 0);
  let count = 0;
  for (const contest of contests) {
    const found = await hold(contest, ({ contestant, operation, seconds, cpu }) => {
      const took = `${seconds.toFixed(1)} s, ${cpu.toFixed(1)} s of processor time`;
      progress(`${++count} of ${total}: ${operation}, ${nameOf(contestant)}: ${took}`);
    });
    say(tableOf(contest, found));
    const { latency } = contest.conditions;
    results.push(...found.map((result) => ({ contest: contest.title, ...result, latency })));
  }
  if (flags.json !== undefined) writeFileSync(flags.json, `${JSON.stringify(results, jsonOf, 2)}\n`);
  if (flags.charts !== undefined) draw(results, flags.charts);
}

function draw(results: readonly Measured[], folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const [file, chart] of chartsOf(results)) {
    writeFileSync(path.join(folder, file), chart);
    say(path.join(folder, file));
  }
}

function jsonOf(_key: string, value: unknown): unknown {
  return value instanceof Map ? Object.fromEntries(value) : value;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function progress(text: string): void {
  process.stderr.write(`${text}\n`);
}

main().catch((problem: unknown) => {
  process.stderr.write(`bench: ${problem instanceof Error ? problem.message : String(problem)}\n`);
  process.exitCode = 1;
});
