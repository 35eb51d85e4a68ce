/**
 * Prepares the disks of the machine, as the manifest's `disks:` says, and mounts folders of the host, as its
 * `volumes:` says: the first container of onboot. What is not as asked for is one line on the console, and
 * the exit status says what follows (`failureStatus`).
 */
import { existsSync, readFileSync } from 'node:fs';
import {
  type DisksConfig,
  disksFile,
  failureStatus,
  type HostFolders,
  hostFoldersFile,
} from '../../lib/bundle/disks.ts';
import { startDiskProgram } from '../../lib/disks/run-program.ts';
import { mount } from '../../lib/linux/mount/mount.ts';
import { printLine } from '../../lib/log/print-line.ts';
import { openTpm } from '../../lib/tpm/device.ts';
import { prepareDisks } from './prepare-disks.ts';

const root = '/hostroot';
const scratch = '/mnt';

/**
 * Formatting and checking large disks takes long; a drive that never answers must not hold the boot up for
 * ever.
 */
const limitMs = 30 * 60_000;

// What is mounted below is seen nowhere else.
mount('none', scratch, '', ['private']);
const config: DisksConfig = JSON.parse(readFileSync(`${root}${disksFile}`, 'utf8'));
const failure = await prepareDisks(config, hostFolders(), {
  ...{
    run: (name, args, input) => startDiskProgram(name, args, { input, limitMs }),
    root,
    privately: `${scratch}/making`,
    ...{ mapper: '/dev/mapper', openTpm, patienceMs: 5000 },
  },
  log: (text) => printLine(text, 1),
  fail: (text) => printLine(text, 2),
});
process.exitCode = failure === undefined ? 0 : failureStatus[failure];

/** Undefined in a machine, which has devices. */
function hostFolders(): HostFolders | undefined {
  const file = `${root}${hostFoldersFile}`;
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}
