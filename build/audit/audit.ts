import { randomBytes } from 'node:crypto';
import { inScratch } from '../cache/scratch.ts';
import type { Context } from '../host/context.ts';
import { MachineClient } from '../machine/client/client.ts';
import type { Machine } from '../machine/records/find.ts';
import type { Promised } from '../promises/promise.ts';
import { promises } from '../promises/promises.ts';
import type { Work } from '../work.ts';
import { auditRequest } from './audit-request.ts';
import { declaredPorts } from './declared-ports.ts';
import { auditedEntries } from './entries.ts';
import { findSubject, type Subject } from './find-subject.ts';
import type { Finding } from './finding.ts';
import { type AuditedImage, auditedImage } from './image/audited-image.ts';
import { judgeEntry } from './judge/judge-entry.ts';
import { judgeMachine } from './judge/judge-machine.ts';
import { type Namespaces, parseNamespaces } from './judge/namespaces.ts';
import { awaitProbes, type ProbeReport, readProbes } from './machine/await-probes.ts';
import { withMachine } from './machine/run-machine.ts';
import { writeAuditedImage } from './machine/write-image.ts';

export interface AuditOptions {
  /** In namespaces of this host, without a kernel of its own. */
  readonly container: boolean;
  readonly production: boolean;
  readonly timeoutMs: number;
}

export interface Audit {
  /** As the user named it: manifests, or the image. */
  readonly subject: readonly string[];
  readonly form: 'machine' | 'container';
  readonly production: boolean;
  readonly findings: readonly Finding[];
}

/**
 * Boots an image beside whose services probes run, which attack what kit promises, and judges what they
 * report. @param names manifests, or the name of one image @throws KitError, KitErrors when it cannot be run
 */
export async function audit(
  names: readonly string[],
  options: AuditOptions,
  context: Context,
  work: Work,
): Promise<Audit> {
  const { container, production } = options;
  const form = container ? 'container' : 'machine';
  const findings = await inScratch(work.cache.dir, async (scratch) => {
    const subject = await findSubject(names, { production, needsKernel: !container }, scratch, context, work);
    const image = await auditedImage(subject.image.initrd, work);
    const start = await writeAuditedImage(subject.image, image.segment, scratch, work);
    const request = auditRequest(start, `audit-${randomBytes(4).toString('hex')}`, container, image);
    return withMachine(request, context, work, (machine) => attack(machine, subject, image, options, work));
  });
  return { subject: names, form, production, findings };
}

async function attack(
  machine: Machine,
  subject: Subject,
  image: AuditedImage,
  options: AuditOptions,
  work: Work,
): Promise<Finding[]> {
  const { progress, signal } = work;
  const probes = new Set([...image.shadows.values(), image.observer]);
  using client = new MachineClient(machine.dir);
  await progress.task(`Attack ${image.bundles.map(({ name }) => name).join(', ')}`, () =>
    awaitProbes(client, machine, probes, options.timeoutMs, signal),
  );
  const reports = await readProbes(client, probes, signal);
  return judge(subject, image, reports, options);
}

function judge(
  { plan }: Subject,
  image: AuditedImage,
  reports: ReadonlyMap<string, ProbeReport>,
  options: AuditOptions,
): Finding[] {
  const reportOf = (name = ''): ProbeReport => reports.get(name) ?? noReport;
  const namespacesOf = (name?: string): Namespaces | undefined => {
    const found = reportOf(name).results.find(
      ({ id, outcome }) => id === 'namespaces' && outcome === 'succeeded',
    );
    return found && parseNamespaces(found.detail);
  };
  const machine = namespacesOf(image.observer);
  const entries = auditedEntries(image.bundles, plan);
  const wanted = promises.filter((promise) => applies(promise, options));
  const of = (from: Promised['from']): Promised[] => wanted.filter((promise) => promise.from === from);
  const findings = entries.flatMap(({ folder, entry }) => {
    const others = entries.flatMap((other) => {
      const found = other.folder === folder ? undefined : namespacesOf(image.shadows.get(other.folder));
      return found ? [[other.entry.name, found] as const] : [];
    });
    const scope = { machine, others: new Map(others) };
    return judgeEntry(entry, reportOf(image.shadows.get(folder)), of('service'), scope);
  });
  const declared = declaredPorts(
    entries.map(({ entry }) => entry),
    plan,
  );
  const untried = promises
    .filter((promise) => !applies(promise, options))
    .map(
      (promise): Finding => ({
        promise,
        entry: undefined,
        outcome: 'untried',
        detail: whyNot(promise, options),
      }),
    );
  return [...findings, ...judgeMachine(reportOf(image.observer), of('machine'), declared), ...untried];
}

const noReport: ProbeReport = { results: [], complete: false, messages: ['it has not started'] };

function applies({ only = [] }: Promised, { container, production }: AuditOptions): boolean {
  return !(only.includes('machine') && container) && !(only.includes('production') && !production);
}

const whyNot = ({ only = [] }: Promised, { container }: AuditOptions): string =>
  only.includes('machine') && container ? 'a container has the kernel of its host' : 'only with --production';
