import type { FilterProgram } from './program.ts';

/** The numbers from this one up to the next range have one outcome. */
export interface Range {
  readonly from: number;
  /** A label. */
  readonly outcome: string;
}

/** From 0 to the largest number. @param outcomes of single numbers @param otherwise of all others */
export function rangesOf(outcomes: readonly (readonly [number, string])[], otherwise: string): Range[] {
  const single = new Map(outcomes);
  const edges = [...single.keys()].flatMap((number) => [number, number + 1]);
  const all = [...new Set([0, ...edges])].sort((a, b) => a - b);
  const ranges = all.map((from): Range => ({ from, outcome: single.get(from) ?? otherwise }));
  return ranges.filter(({ outcome }, at) => outcome !== ranges[at - 1]?.outcome);
}

/** Goes to the outcome of the loaded number, by halves. @param name of the labels that it makes */
export function writeSearch(program: FilterProgram, ranges: readonly Range[], name: string): void {
  const [only, edge] = [ranges[0], ranges[ranges.length >> 1]];
  if (!only || !edge) return;
  if (ranges.length === 1) {
    program.goTo(only.outcome);
    return;
  }
  const [lower, upper] = [ranges.slice(0, ranges.length >> 1), ranges.slice(ranges.length >> 1)];
  const label = `${name} from ${edge.from}`;
  program.ifAtLeast(
    edge.from,
    upper.length === 1 ? edge.outcome : label,
    lower.length === 1 ? only.outcome : undefined,
  );
  if (lower.length > 1) writeSearch(program, lower, name);
  program.label(label);
  if (upper.length > 1) writeSearch(program, upper, name);
}
