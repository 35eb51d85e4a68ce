import { statfsSync } from 'node:fs';
import { join } from 'node:path';
import { type DiskConfig, swapFileName } from '../bundle/disks.ts';
import { swapOn } from '../linux/system/swap.ts';
import { makeVolumes } from './act/volumes.ts';
import { candidates, chooseDevice, matchText } from './decide/choose-disk.ts';
import { decideContainer } from './decide/decide-container.ts';
import { decideFileSystem } from './decide/decide-file-system.ts';
import { decidePartition } from './decide/decide-partition.ts';
import { DiskTrouble } from './decide/trouble.ts';
import type { Engine } from './engine.ts';
import { checkKey } from './keys/disk-key.ts';
import { listBlockDevices } from './observe/block-devices.ts';
import type { BlockDevice, ProbedDevice } from './observe/content.ts';
import { mappedDevice } from './observe/mapped-device.ts';
import { probeDevice } from './observe/probe.ts';
import { performStep } from './perform-step.ts';
import { makeSwapFile } from './programs/swap-file.ts';

/**
 * Finds a disk, makes what it lacks, and mounts it. The second time nothing is left to do but to mount it.
 * @param taken the paths of disks that earlier entries use; that of this one is added
 * @throws DiskTrouble in one sentence; what a program or the kernel says
 */
export async function prepareDisk(wanted: DiskConfig, taken: Set<string>, engine: Engine): Promise<void> {
  const disk = await findDevice(wanted, taken, engine);
  taken.add(disk.path);
  const partition = await preparePartition(disk, wanted, engine);
  const device = await openDevice(partition, wanted, engine);
  const steps = decideFileSystem(device, wanted);
  for (const step of steps) await performStep(step, device, engine);
  if (wanted.mount === undefined) return engine.log(`disk "${wanted.name}": ${device.path} is used as swap`);
  engine.log(`disk "${wanted.name}": ${device.path} is mounted on ${wanted.mount}`);
  if (device.readOnly) throw new DiskTrouble(`${device.path} is read-only, and mounted so`);
  const target = join(engine.root, wanted.mount);
  try {
    checkRoom(target, device.path);
    makeVolumes(target, wanted.volumes);
  } finally {
    if (wanted.swapFile !== undefined) await useSwapFile(wanted.mount, wanted.swapFile, engine);
  }
}

const pollMs = 100;

/** Drivers find disks in their own time: one that is missing gets some. */
async function findDevice(
  wanted: DiskConfig,
  taken: ReadonlySet<string>,
  engine: Engine,
): Promise<ProbedDevice> {
  const untilMs = Date.now() + engine.patienceMs;
  for (;;) {
    const found = chooseDevice(await probeAll(candidates(listBlockDevices(), wanted.match), engine), wanted);
    if (found && taken.has(found.path))
      throw new DiskTrouble(`${found.path} is the disk of an earlier entry`);
    if (found) return found;
    if (Date.now() >= untilMs) throw new DiskTrouble(`no disk has ${matchText(wanted.match)}`);
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}

const probeAll = (devices: readonly BlockDevice[], { run }: Engine): Promise<ProbedDevice[]> =>
  Promise.all(devices.map((device) => probeDevice(device, run)));

/** The device of the file system, or of what holds it. */
async function preparePartition(
  disk: ProbedDevice,
  wanted: DiskConfig,
  engine: Engine,
): Promise<ProbedDevice> {
  const partitions = await probeAll(partitionsOf(disk), engine);
  const { steps, partition } = decidePartition(disk, partitions, wanted);
  for (const step of steps) await performStep(step, disk, engine);
  if (!wanted.partition) return disk;
  const [found] = partitionsOf(disk).filter(({ name }) => partition === undefined || name === partition);
  if (!found) throw new DiskTrouble(`${disk.path}: the kernel does not show its partition`);
  return probeDevice(found, engine.run);
}

const partitionsOf = ({ name }: ProbedDevice): BlockDevice[] =>
  listBlockDevices().filter(({ disk }) => disk === name);

/** The device of the file system: what is in the container of a disk that is encrypted. */
async function openDevice(device: ProbedDevice, wanted: DiskConfig, engine: Engine): Promise<ProbedDevice> {
  const { encrypt, name } = wanted;
  if (!encrypt) return device;
  const steps = decideContainer(device, { ...wanted, encrypt });
  const made = steps.find((step) => step.do === 'make container');
  if (made) await checkKey(made.key, engine);
  for (const step of steps) await performStep(step, device, engine);
  const opened = await probeDevice(mappedDevice(join(engine.mapper, name)), engine.run);
  // What was written with the keys of earlier boots is noise.
  return encrypt.kind === 'throwaway' ? { ...opened, content: { kind: 'nothing' } } : opened;
}

function checkRoom(target: string, path: string): void {
  const { bavail, blocks, bsize } = statfsSync(target);
  if (bavail > 0) return;
  throw new DiskTrouble(`${path} is full: 0 of ${((blocks * bsize) / 2 ** 30).toFixed(1)} GiB are free`);
}

async function useSwapFile(mount: string, bytes: number, { run, root, log }: Engine): Promise<void> {
  const path = join(mount, swapFileName);
  await makeSwapFile(join(root, path), bytes, run, path);
  swapOn(join(root, path));
  log(`${path} is used as swap`);
}
