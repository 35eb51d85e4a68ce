/** What libFuzzer reports of a run. */
export interface Progress {
  readonly runs: number;
  /** Counters of edges that were reached. */
  readonly edges: number;
  /** Those, and how often, and what was compared with what. */
  readonly features: number;
  /** Inputs that reach all of them. */
  readonly inputs: number;
  readonly perSecond: number;
}

export const noProgress: Progress = { runs: 0, edges: 0, features: 0, inputs: 0, perSecond: 0 };

/**
 * A status line of libFuzzer; undefined for any other line.
 *
 *     #262144 pulse  cov: 127 ft: 266 corp: 23/21Kb lim: 10240 exec/s: 8738 rss: 379Mb
 */
export function progressIn(line: string): Progress | undefined {
  const [, runs, edges, features, inputs, perSecond] =
    /^#(\d+)\s+\S+\s+cov: (\d+) ft: (\d+) corp: (\d+)\S* .*exec\/s: (\d+)/.exec(line)?.map(Number) ?? [];
  if (runs === undefined || edges === undefined || features === undefined) return undefined;
  return { runs, edges, features, inputs: inputs ?? 0, perSecond: perSecond ?? 0 };
}

/** `9130/s, 268381 runs, 127 edges, 266 features, 23 inputs` */
export const progressText = ({ runs, edges, features, inputs, perSecond }: Progress): string =>
  `${perSecond}/s, ${runs} runs, ${edges} edges, ${features} features, ${inputs} inputs`;
