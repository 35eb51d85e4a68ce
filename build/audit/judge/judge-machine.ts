import type { FirewallConfig } from '../../../lib/bundle/network.ts';
import type { Promised } from '../../promises/promise.ts';
import { isOpen } from '../../spec/firewall.ts';
import type { Finding } from '../finding.ts';
import type { ProbeReport } from '../machine/await-probes.ts';

/** What became of the promises about the machine itself. @param declared open as the image says */
export function judgeMachine(
  report: ProbeReport,
  promised: readonly Promised[],
  declared: FirewallConfig,
): Finding[] {
  const byId = new Map(report.results.map((result) => [result.id, result]));
  return promised.map((promise): Finding => {
    const result = byId.get(promise.id);
    if (!result) return { promise, entry: undefined, outcome: 'unknown', detail: report.messages.join(': ') };
    const { outcome, detail } = result;
    if (outcome === 'unknown' || outcome === 'untried') return { promise, entry: undefined, outcome, detail };
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

/** @param detail as the probe writes ports: `tcp:22 udp:53` */
const undeclared = (detail: string, declared: FirewallConfig): string =>
  detail
    .split(' ')
    .filter((port) => port !== '' && !isDeclared(port, declared))
    .join(' ');

function isDeclared(port: string, declared: FirewallConfig): boolean {
  const [protocol, number] = port.split(':');
  return isOpen(declared, Number(number), protocol === 'udp' ? 'udp' : 'tcp');
}
