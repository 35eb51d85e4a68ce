import { createHash } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { KitError } from '../../lib/errors/errors.ts';
import type { Context } from '../context.ts';
import { checkName, claimMachine } from '../machine/claim.ts';
import type { Machine } from '../machine/find.ts';
import { machineFiles, nameFrom } from '../machine/folder.ts';
import { ownProcess } from '../machine/process.ts';
import { type MachineRecord, type Publish, writeJson } from '../machine/record.ts';
import { buildManifest } from '../outputs/build-manifest.ts';
import { toolCommand } from '../tools/command.ts';
import { type Tools, toolsTree } from '../tools/tree.ts';
import type { Work } from '../work.ts';
import { writeDataVolume } from './data-volume.ts';
import { type Disk, makeDisks } from './disks.ts';
import { type BootImage, chooseMemory, findImage, imageName, isManifest } from './image.ts';
import { kvmWorks } from './kvm-probe.ts';
import type { Launch } from './launch.ts';
import { checkPorts } from './publish.ts';
import { type QemuSpec, qemuArguments } from './qemu-arguments.ts';

/** What `kit run` was asked for, read and checked. */
export interface RunRequest {
  readonly image: string;
  readonly name: string | undefined;
  readonly cpus: number | undefined;
  readonly memoryMiB: number | undefined;
  readonly publish: readonly Publish[];
  readonly disks: readonly Disk[];
  readonly accel: 'auto' | 'kvm' | 'tcg';
  readonly data: Buffer | undefined;
}

/**
 * Everything before the start: builds the image if it is a manifest, checks ports and memory, makes disks and
 * the data volume, and leaves a machine's folder with all that its monitor needs.
 */
export async function prepareMachine(request: RunRequest, context: Context, work: Work): Promise<Machine> {
  const wanted = {
    name: request.name ?? nameFrom(imageName(request.image)),
    exact: request.name !== undefined,
  };
  // Refused before minutes of building.
  if (wanted.exact) await checkName(context.env, wanted.name);
  await checkPorts(request.publish);
  const image = await bootImage(request.image, context, work);
  const tools = await toolsTree(work);
  const memoryMiB = chooseMemory(request.memoryMiB, request.image, image.memoryMiB);
  const accel = await chooseAccel(request.accel, tools, work);
  await makeDisks(request.disks, tools, work.signal);
  const cpus = request.cpus ?? Math.min(2, availableParallelism());
  const machine = await claimMachine(context.env, wanted, (name) =>
    newRecord(name, { ...request, image, memoryMiB, cpus, accel }),
  );
  try {
    await furnish(machine, request, image, tools, work);
    return machine;
  } catch (thrown) {
    await rm(machine.dir, { recursive: true, force: true });
    throw thrown;
  }
}

interface Settings
  extends Pick<RunRequest, 'publish' | 'disks'>,
    Pick<MachineRecord, 'accel' | 'cpus' | 'memoryMiB'> {
  readonly image: BootImage;
}

function newRecord(name: string, settings: Settings): MachineRecord {
  const { image, accel, cpus, memoryMiB, publish, disks } = settings;
  return {
    name,
    state: 'starting',
    reason: '',
    owner: ownProcess(),
    qemu: null,
    image: { kernel: image.kernel, initrd: image.initrd, cmdline: image.cmdlineFile },
    accel,
    cpus,
    memoryMiB,
    publish,
    disks: disks.map(({ path }) => path),
    createdMs: Date.now(),
    startedMs: null,
    endedMs: null,
  };
}

/** What the monitor finds in the machine's folder besides the record. */
async function furnish(
  { dir, record }: Machine,
  { data, disks, accel }: RunRequest,
  { kernel, initrd, cmdline }: BootImage,
  tools: Tools,
  work: Work,
): Promise<void> {
  const volume = data === undefined ? undefined : join(dir, machineFiles.data);
  if (data && volume) await writeDataVolume(volume, { data, name: record.name }, tools, work.signal);
  const spec: QemuSpec = { ...record, kernel, initrd, cmdline, disks, data: volume };
  const command = (accel: MachineRecord['accel']) =>
    toolCommand(tools, 'qemu-system-x86_64', qemuArguments({ ...spec, accel }));
  // A guest without a serial console gives no sign of life on it, however well it lives.
  const watched = accel === 'auto' && record.accel === 'kvm' && /\bconsole=ttyS0\b/.test(cmdline);
  const launch: Launch = { command: command(record.accel), fallback: watched ? command('tcg') : null };
  await writeJson(join(dir, machineFiles.launch), launch);
}

async function chooseAccel(
  accel: RunRequest['accel'],
  tools: Tools,
  work: Work,
): Promise<MachineRecord['accel']> {
  if (accel === 'tcg') return 'tcg';
  if (await kvmWorks(tools, work)) return 'kvm';
  if (accel === 'auto') return 'tcg';
  throw new KitError('Cannot use KVM: /dev/kvm is missing, not ours to open, or does not run a guest', {
    hint: '--accel auto emulates where KVM does not work',
  });
}

async function bootImage(name: string, context: Context, work: Work): Promise<BootImage> {
  const { cwd, stdin } = context;
  if (!isManifest(name)) return await findImage(name, cwd);
  // A folder for each manifest, so that two of the same name do not overwrite each other's image.
  const key = createHash('sha256').update(resolve(cwd, name)).digest('hex').slice(0, 12);
  const place = { dir: join(work.cacheDir, 'run', key), name: nameFrom(imageName(name)) };
  await mkdir(place.dir, { recursive: true });
  const { memoryMiB } = await buildManifest([name], { ...place, cwd, stdin }, work);
  return { ...(await findImage(join(place.dir, place.name), cwd)), memoryMiB };
}
