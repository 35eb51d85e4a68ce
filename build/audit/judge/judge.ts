import type { FirewallConfig } from '../../../lib/bundle/network.ts';
import type { Promised } from '../../promises/promise.ts';
import { promises } from '../../promises/promises.ts';
import type { PlacedEntry } from '../entries.ts';
import type { Finding } from '../finding.ts';
import type { AuditedImage } from '../image/audited-image.ts';
import type { ProbeReport } from '../machine/await-probes.ts';
import type { AuditOptions } from '../options.ts';
import { judgeEntry } from './judge-entry.ts';
import { judgeMachine } from './judge-machine.ts';
import { type Namespaces, parseNamespaces } from './namespaces.ts';

/** The promises that are attacked from there, as the machine is run. */
export const attacked = (from: Promised['from'], options: AuditOptions): Promised[] =>
  promises.filter((promise) => promise.from === from && applies(promise, options));

/** A finding for each promise that cannot be tried as the machine is run. */
export const untried = (options: AuditOptions): Finding[] =>
  promises
    .map((promise) => ({ promise, detail: whyNot(promise, options) }))
    .filter(({ detail }) => detail !== undefined)
    .map(({ promise, detail = '' }) => ({ promise, entry: undefined, outcome: 'untried', detail }));

/** What became of the promises that the probes have attacked. @param declared open as the image says */
export function judge(
  entries: readonly PlacedEntry[],
  image: AuditedImage,
  reports: ReadonlyMap<string, ProbeReport>,
  declared: FirewallConfig,
  options: AuditOptions,
): Finding[] {
  const reportOf = (name = ''): ProbeReport => reports.get(name) ?? noReport;
  const namespacesOf = (name?: string): Namespaces | undefined => {
    const facts = reportOf(name).results.find(({ id }) => id === 'namespaces');
    return facts?.outcome === 'succeeded' ? parseNamespaces(facts.detail) : undefined;
  };
  const known = entries.flatMap(({ folder, entry: { name } }) => {
    const namespaces = namespacesOf(image.shadows.get(folder));
    return namespaces ? [{ folder, name, namespaces }] : [];
  });
  const machine = namespacesOf(image.observer);
  const ofEntries = entries.flatMap(({ folder, entry }) => {
    const others = known.filter((one) => one.folder !== folder);
    const scope = { machine, others: new Map(others.map(({ name, namespaces }) => [name, namespaces])) };
    return judgeEntry(entry, reportOf(image.shadows.get(folder)), attacked('service', options), scope);
  });
  return [...ofEntries, ...judgeMachine(reportOf(image.observer), attacked('machine', options), declared)];
}

const noReport: ProbeReport = { results: [], complete: false, messages: ['it has not started'] };

const applies = (promise: Promised, options: AuditOptions): boolean => whyNot(promise, options) === undefined;

/** Undefined: it can be tried. */
function whyNot({ only = [] }: Promised, { container, production, data }: AuditOptions): string | undefined {
  if (only.includes('machine') && container) return 'a container has the kernel of its host';
  if (only.includes('production') && !production) return 'only with --production';
  if (only.includes('data-volume') && data) return 'the data volume has the metadata that was given';
  return undefined;
}
