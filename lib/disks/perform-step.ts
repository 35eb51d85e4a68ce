import { join } from 'node:path';
import { reasonOf } from '../errors/errors.ts';
import { SyscallError } from '../linux/ffi.ts';
import { mount } from '../linux/mount/mount.ts';
import { swapOn } from '../linux/system/swap.ts';
import { finishContainer, makeContainer, openContainer } from './act/containers.ts';
import { checkExt4, finishFileSystem, growMounted, makeFileSystem } from './act/file-systems.ts';
import { growTable } from './act/grow-table.ts';
import { makeTable } from './act/make-table.ts';
import { entriesBelow, makeEntries, makeMountPoint } from './act/mount-target.ts';
import { flushDevice } from './act/raw-disk.ts';
import type { Step } from './decide/step.ts';
import { DiskTrouble } from './decide/trouble.ts';
import type { Engine } from './engine.ts';
import type { BlockDevice } from './observe/content.ts';
import { openThrowAway } from './programs/encrypted-swap.ts';
import { type RunProgram, succeed } from './run-program.ts';

/**
 * Makes one change. @param device that of the step, or its disk
 * @throws DiskTrouble, or what a program or the kernel says
 */
export async function performStep(
  step: Step,
  device: Pick<BlockDevice, 'path' | 'bytes' | 'sectorBytes'>,
  engine: Engine,
): Promise<void> {
  const { run, root, privately, log } = engine;
  switch (step.do) {
    case 'wipe':
      log(`${step.device}: what it holds is wiped`);
      await succeed(run, `wipe "${step.device}"`, ['wipefs', '--all', '--force', step.device]);
      return flushDevice(step.device);
    case 'make table':
      log(`${step.device}: gets a partition table`);
      return makeTable(device, step);
    case 'grow table': {
      const gained = await growTable(device);
      if (gained > 0) log(`${step.device}: the partition grows by ${Math.round(gained / 2 ** 20)} MiB`);
      return;
    }
    case 'make container':
      log(`${step.device}: is encrypted`);
      return makeContainer(step, engine);
    case 'open container':
      return openContainer(step, engine);
    case 'finish container':
      return finishContainer(step, engine);
    case 'open throw-away':
      return openThrowAway(step.device, step.name, run);
    case 'make file system':
      log(`${step.device}: is formatted as ${step.type}`);
      return makeFileSystem(step.device, step.type, run);
    case 'finish file system':
      return finishFileSystem(step.device, step.type, step.label, privately);
    case 'make swap':
      log(`${step.device}: is formatted as swap`);
      await succeed(run, `make swap on "${step.device}"`, ['mkswap', '--label', step.label, step.device]);
      return flushDevice(step.device);
    case 'check file system':
      if (await isRepaired(step, run)) log(`${step.device}: its file system was damaged, and is repaired`);
      return;
    case 'mount': {
      const target = makeMountPoint(root, step.target);
      const hidden = entriesBelow(target);
      mountDevice(step, target);
      if (!step.readOnly) makeEntries(target, hidden);
      return;
    }
    case 'grow file system':
      if (!(await growMounted(step.device, step.type, join(root, step.target), run)))
        log(`${step.device}: its ${step.type} stays as large as it is: one below 256 MiB does not grow`);
      return;
    default:
      return swapOn(step.device);
  }
}

/** @throws DiskTrouble for one that is damaged */
async function isRepaired(
  { device, type }: Extract<Step, { do: 'check file system' }>,
  run: RunProgram,
): Promise<boolean> {
  const found = type === 'ext4' ? await checkExt4(device, run) : undefined;
  if (found?.kind === 'damaged')
    throw new DiskTrouble(`${device} fails its check and is not mounted: ${found.said}`);
  return found?.kind === 'repaired';
}

/** include/uapi/asm-generic/errno.h: EUCLEAN, for which Node has no name. */
const needsCleaning = 117;

function mountDevice({ device, type, readOnly }: Extract<Step, { do: 'mount' }>, target: string): void {
  try {
    mount(device, target, type, ['nosuid', 'nodev', ...(readOnly ? ['ro'] : [])]);
  } catch (thrown) {
    const isDamaged = thrown instanceof SyscallError && thrown.errno === needsCleaning;
    const why = isDamaged ? `its ${type} is damaged` : reasonOf(thrown);
    throw new DiskTrouble(`${device} cannot be mounted: ${why}`);
  }
}
