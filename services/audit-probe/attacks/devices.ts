import { closeSync, constants, openSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { makeCharacterDevice } from '../../../lib/linux/mount/device-node.ts';
import { type Attacks, type Attempt, firstsOf, listed, refusalOf, trialFile } from '../attack.ts';

export const devices: Attacks = {
  'make-device': () => firstsOf(['/dev', '/tmp', '/run', '/'], makeMemoryDevice),
  'open-device': openForeignDevices,
};

/** The kernel's memory, /dev/mem, under another name. */
function makeMemoryDevice(folder: string): Attempt {
  const path = trialFile(folder);
  makeCharacterDevice(path, 1, 1);
  try {
    closeSync(openSync(path, constants.O_RDONLY));
    return `made and opened a device in ${folder}`;
  } catch (thrown) {
    if (refusalOf(thrown) === undefined) throw thrown;
    return `made a device in ${folder}`;
  } finally {
    rmSync(path);
  }
}

/** The devices of every container (OCI runtime-spec, config-linux.md, "Default Devices"), and terminals. */
const usual = /^(?:null|zero|full|u?random|tty|console|ptmx|pts\/\w+)$/;

function openForeignDevices(): Attempt {
  const opened = [...nodesBelow('/dev')].filter((name) => !usual.test(name)).filter(canOpen);
  return opened.length > 0 ? listed(opened) : undefined;
}

function canOpen(name: string): boolean {
  try {
    closeSync(openSync(join('/dev', name), constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY));
    return true;
  } catch {
    return false;
  }
}

function* nodesBelow(root: string, folder = ''): Generator<string> {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const name = join(folder, entry.name);
    if (entry.isDirectory()) yield* nodesBelow(root, name);
    else if (entry.isBlockDevice() || entry.isCharacterDevice()) yield name;
  }
}
