import type { KernelConfig } from './kernel-config.ts';
import { type Recommendation, recommendations } from './recommended.ts';

/** A recommendation that a kernel does not follow. */
export interface KernelFinding extends Recommendation {
  /** The value that it has; `not set` */
  readonly has: string;
}

export interface KernelReport {
  readonly followed: number;
  /** Missing, and nothing takes its place. */
  readonly missing: readonly KernelFinding[];
  /** Missing, with the reason why that is accepted. */
  readonly waived: readonly KernelFinding[];
}

/** Compares a kernel's configuration with the recommendations for its architecture. */
export function lintKernel({ options, arch }: KernelConfig): KernelReport {
  const relevant = recommendations.filter(
    ({ arch: only = arch, within }) => only === arch && (within === undefined || options.has(within)),
  );
  const findings = relevant.flatMap((each): KernelFinding[] => {
    const has = options.get(each.option) ?? 'n';
    return has === each.want ? [] : [{ ...each, has: has === 'n' ? 'not set' : has }];
  });
  return {
    followed: relevant.length - findings.length,
    missing: findings.filter(({ waived }) => waived === undefined),
    waived: findings.filter(({ waived }) => waived !== undefined),
  };
}

/** For people: what is missing first. */
export function kernelReportText({ followed, missing, waived }: KernelReport): string {
  const wanted = ({ option, want, has }: KernelFinding): string => {
    const should = want === 'n' ? 'should not be set' : `should be ${want}`;
    return has === 'not set' ? `CONFIG_${option} ${should}` : `CONFIG_${option} is ${has}, ${should}`;
  };
  return [
    ...missing.map((each) => `missing: ${wanted(each)}: against ${each.why}\n`),
    ...waived.map((each) => `waived: ${wanted(each)}: ${each.waived}\n`),
    `${followed} recommendations followed, ${missing.length} missing, ${waived.length} waived\n`,
  ].join('');
}
