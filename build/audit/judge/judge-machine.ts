import type { Promised } from '../../promises/promise.ts';
import type { Finding } from '../finding.ts';
import type { ProbeReport } from '../machine/await-probes.ts';

/** What became of the promises about the machine itself. @param declared ports, `tcp:22` */
export function judgeMachine(
  report: ProbeReport,
  promised: readonly Promised[],
  declared: ReadonlySet<string>,
): Finding[] {
  const byId = new Map(report.results.map((result) => [result.id, result]));
  return promised.map((promise): Finding => {
    const result = byId.get(promise.id);
    if (!result) return { promise, entry: undefined, outcome: 'unknown', detail: report.messages.join(': ') };
    const { outcome, detail } = result;
    if (outcome === 'unknown') return { promise, entry: undefined, outcome, detail };
    const found = promise.id === 'listening-ports' ? undeclared(detail, declared) : detail;
    const isBroken = outcome === 'succeeded' && found !== '';
    return {
      promise,
      entry: undefined,
      outcome: isBroken ? 'broken' : 'kept',
      detail: isBroken ? found : '',
    };
  });
}

const undeclared = (detail: string, declared: ReadonlySet<string>): string =>
  detail
    .split(' ')
    .filter((port) => port !== '' && !declared.has(port))
    .join(' ');
