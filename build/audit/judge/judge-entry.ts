import type { ProbeResult } from '../../../lib/audit/probe-line.ts';
import type { AuditedEntry } from '../../promises/audited-entry.ts';
import type { Condition, Promised } from '../../promises/promise.ts';
import { capability, shared } from '../../promises/promise.ts';
import type { Finding } from '../finding.ts';
import type { ProbeReport } from '../machine/await-probes.ts';
import { capabilityNames, extraCapabilities } from './capabilities.ts';
import { type Namespaces, parseNamespaces, rangesOverlap, sharedKinds } from './namespaces.ts';
import { placeGrant } from './place-grant.ts';

/** What the machine is, and who else is in it. */
export interface JudgeScope {
  readonly machine: Namespaces | undefined;
  /** The namespaces of the other entries, by name. */
  readonly others: ReadonlyMap<string, Namespaces>;
}

/** What became of the promises to one entry, from what the probe in its shadow says. */
export function judgeEntry(
  entry: AuditedEntry,
  report: ProbeReport,
  promised: readonly Promised[],
  scope: JudgeScope,
): Finding[] {
  const byId = new Map(report.results.map((result) => [result.id, result]));
  return promised.map((promise) => {
    const result = resultOf(promise, byId, scope);
    if (!result) return { promise, entry, outcome: 'unknown', detail: missing(report) };
    return { promise, entry, ...judged(promise, entry, result) };
  });
}

type Verdict = Pick<Finding, 'outcome' | 'detail' | 'grants'>;

const missing = ({ complete, messages }: ProbeReport): string =>
  complete
    ? 'the probe has no such attack'
    : `the probe ended early${messages.map((line) => `: ${line}`).join('')}`;

function resultOf(
  { id }: Promised,
  byId: ReadonlyMap<string, ProbeResult>,
  scope: JudgeScope,
): ProbeResult | undefined {
  const facts = byId.get('namespaces');
  if (!ofNamespaces.has(id)) return byId.get(id);
  if (facts?.outcome !== 'succeeded' || !scope.machine) return undefined;
  const detail = namespaceFault(id, parseNamespaces(facts.detail), scope.machine, scope.others);
  return { id, outcome: detail === '' ? 'refused' : 'succeeded', detail };
}

const ofNamespaces: ReadonlySet<string> = new Set(['user-namespace', 'own-namespaces', 'own-ids']);

/** Empty when there is none. */
function namespaceFault(
  id: string,
  own: Namespaces,
  machine: Namespaces,
  others: ReadonlyMap<string, Namespaces>,
): string {
  if (id === 'own-ids') {
    const isMachines = (one: Namespaces): boolean => sharedKinds(one, machine, ['user']).length > 0;
    if (isMachines(own)) return "the machine's own ids";
    // The namespace of the machine maps every id, which makes none of them its own.
    return [...others]
      .flatMap(([name, one]) => (!isMachines(one) && rangesOverlap(own, one) ? `those of ${name}` : []))
      .join(', ');
  }
  const kinds = id === 'user-namespace' ? ['user'] : ['pid', 'ipc', 'uts', 'cgroup'];
  return sharedKinds(own, machine, kinds)
    .map((kind) => `${kind} is the machine's`)
    .join(', ');
}

function judged(promise: Promised, entry: AuditedEntry, { outcome, detail }: ProbeResult): Verdict {
  if (outcome === 'refused') return { outcome: 'kept', detail };
  if (outcome === 'unknown' || outcome === 'untried') return { outcome, detail };
  if (promise.id === 'capabilities') return judgedCapabilities(entry, detail);
  if (promise.id === 'own-namespaces') return judgedNamespaces(entry, detail);
  const grant = firstGrant(promise.unless ?? [], entry);
  return grant ? { outcome: 'granted', detail, grants: [grant] } : { outcome: 'broken', detail };
}

function firstGrant(conditions: readonly Condition[], entry: AuditedEntry) {
  for (const condition of conditions) {
    const grant = condition(entry);
    if (grant) return placeGrant(grant, entry);
  }
  return undefined;
}

function judgedCapabilities(entry: AuditedEntry, mask: string): Verdict {
  const extra = extraCapabilities(mask, entry);
  if (extra.length > 0) return { outcome: 'broken', detail: extra.join(' ') };
  const held = capabilityNames(mask);
  const value = held.length > 10 ? `${held.length} capabilities` : held.join(' ');
  return { outcome: 'granted', detail: value, grants: [placeGrant({ field: 'capabilities', value }, entry)] };
}

/** CAP_SYS_ADMIN leaves a container in the machine's IPC and UTS namespaces (build/spec/containment). */
const administrator = capability('CAP_SYS_ADMIN');

/** Each namespace that it shares must be one that it asked for. */
function judgedNamespaces(entry: AuditedEntry, detail: string): Verdict {
  const kinds = (['pid', 'ipc', 'uts'] as const).filter((kind) => detail.includes(`${kind} is`));
  const grants = kinds.map((kind) =>
    firstGrant([shared(kind), ...(kind === 'pid' ? [] : [administrator])], entry),
  );
  const known = grants.filter((grant) => grant !== undefined);
  const isGranted = known.length === grants.length && !detail.includes('cgroup is');
  return isGranted ? { outcome: 'granted', detail, grants: known } : { outcome: 'broken', detail };
}
