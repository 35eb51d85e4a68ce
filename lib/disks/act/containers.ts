import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { blockDeviceBytes } from '../../linux/mount/block-device.ts';
import type { Step } from '../decide/step.ts';
import { DiskTrouble } from '../decide/trouble.ts';
import type { Engine } from '../engine.ts';
import { keyOf, newKey } from '../keys/disk-key.ts';
import { addLuksToken, finishLuks, formatLuks, openLuks, readLuksHeader } from '../programs/luks.ts';
import { flushDevice } from './raw-disk.ts';

type StepOf<Verb> = Extract<Step, { do: Verb }>;

/** Makes a LUKS2 container whose label says that it is unfinished. */
export async function makeContainer(
  { device, key: source }: StepOf<'make container'>,
  engine: Engine,
): Promise<void> {
  const { key, token } = await newKey(source, engine);
  try {
    await formatLuks(device, key, token ? 'random' : 'chosen', engine.run);
  } finally {
    key.fill(0);
  }
  if (token) await addLuksToken(device, token, engine.run);
  await flushDevice(device);
}

/** Opens a container with its key. @throws DiskTrouble for a key that does not open it */
export async function openContainer(
  { device, name, key: source, readOnly }: StepOf<'open container'>,
  engine: Engine,
): Promise<void> {
  const key = await keyOf(source, device, engine);
  try {
    if (await openLuks(device, name, key, engine.run, { readOnly })) return;
  } finally {
    key.fill(0);
  }
  const { keyslots } = await readLuksHeader(device, engine.run);
  throw new DiskTrouble(`${device} stays closed: the key opens none of its ${keyslots.length} key slots`);
}

/**
 * Gives a whole container its own label. Before that, its ends are overwritten by zeros: what was on the disk
 * would be read from there as noise, which may look like anything.
 */
export async function finishContainer(
  { device, name, label }: StepOf<'finish container'>,
  { mapper, run }: Pick<Engine, 'mapper' | 'run'>,
): Promise<void> {
  await clearEnds(join(mapper, name));
  await finishLuks(device, label, run);
  await flushDevice(device);
}

/** Where file systems, RAID and LVM have their signatures. */
const endBytes = 1 << 20;

async function clearEnds(path: string): Promise<void> {
  await using file = await open(path, 'r+');
  const bytes = blockDeviceBytes(file.fd, path);
  const zeros = Buffer.alloc(Math.min(endBytes, bytes));
  for (const at of [0, bytes - zeros.length]) await file.write(zeros, 0, zeros.length, at);
  await file.sync();
}
