import { randomBytes } from 'node:crypto';
import { inScratch } from '../cache/scratch.ts';
import type { Context } from '../host/context.ts';
import { MachineClient } from '../machine/client/client.ts';
import type { Machine } from '../machine/records/find.ts';
import type { Work } from '../work.ts';
import { auditRequest } from './audit-request.ts';
import { declaredPorts } from './declared-ports.ts';
import { describeFile } from './describe-file.ts';
import { auditedEntries } from './entries.ts';
import { findSubject, type Subject } from './find-subject.ts';
import type { Finding } from './finding.ts';
import { type AuditedImage, auditedImage } from './image/audited-image.ts';
import { attacked, judge, untried } from './judge/judge.ts';
import { awaitProbes, readProbes } from './machine/await-probes.ts';
import { withMachine } from './machine/run-machine.ts';
import { writeAuditedImage } from './machine/write-image.ts';
import type { AuditOptions } from './options.ts';
import { attackFromOutside } from './outside/attack-from-outside.ts';
import { type ForeignKey, foreignKey } from './outside/foreign-key.ts';
import type { Audit } from './result.ts';

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
  const { container, tpm, disks, data } = options;
  return inScratch(work.cache.dir, async (scratch) => {
    const wanted = { production: options.production, needsKernel: !container };
    const subject = await findSubject(names, wanted, scratch, context, work);
    const image = await auditedImage(subject.image.initrd, options.production, work);
    const { production } = image;
    const start = await writeAuditedImage(subject.image, image.segment, scratch, work);
    const key = foreignKey();
    const foreign = production ? { data: key.userData } : undefined;
    const form = { container, tpm, disks, data: data ?? foreign };
    const request = auditRequest(start, `audit-${randomBytes(4).toString('hex')}`, form, image);
    const findings = await withMachine(request, context, work, (machine) =>
      attack(machine, subject, image, key, { ...options, production }, work),
    );
    const files = await Promise.all(filesOf(subject.image).map(describeFile));
    return { subject: names, form: container ? 'container' : 'machine', production, findings, files };
  });
}

const filesOf = ({ kernel, initrd }: Subject['image']): string[] => [
  ...(kernel === null ? [] : [kernel]),
  initrd,
];

async function attack(
  machine: Machine,
  { plan }: Subject,
  image: AuditedImage,
  key: ForeignKey,
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
  const placed = auditedEntries(image.bundles, plan);
  const entries = placed.map(({ entry }) => entry);
  const inside = judge(placed, image, reports, declaredPorts(entries, plan, image.settings), options);
  const service = entries.find(({ section }) => section === 'services')?.name ?? '';
  const { initrdFiles, settings } = image;
  const controlPort = settings.control?.port;
  const world = { machine, client, service, initrdFiles, controlPort, foreignKey: key.privateKey, work };
  const outside = await progress.task('Attack the machine from outside', () =>
    attackFromOutside(world, attacked('outside', options), entries),
  );
  return [...inside, ...outside, ...untried(options)];
}
