import { existsSync, readFileSync } from 'node:fs';
import { type DisksConfig, disksFile, hostFoldersFile } from '../../../lib/bundle/disks.ts';
import { reasonOf } from '../../../lib/errors/errors.ts';
import { isMounted } from '../../../lib/linux/mount/mountinfo.ts';
import { spawnProgram } from '../../../lib/linux/process/spawn.ts';
import { printLine } from '../../../lib/log/print-line.ts';

const hourMs = 60 * 60_000;
const weekMs = 7 * 24 * hourMs;

/**
 * Has all disks trimmed an hour or two after the boot, and then once a week: at other moments in each
 * machine, as many may share one store.
 * @param program of services/trim @param random from 0 to 1
 */
export function trimWeekly(program: string, random: () => number = Math.random): void {
  // The disks of a container are the host's.
  if (!existsSync(disksFile) || existsSync(hostFoldersFile)) return;
  every(hourMs * (1 + random()), () => startTrim(program, mountedDisks()));
}

/** Nothing waits for it: the timer keeps no process alive. Exported for its test. */
export function every(firstMs: number, act: () => void): void {
  setTimeout(() => {
    act();
    every(weekMs, act);
  }, firstMs).unref();
}

function mountedDisks(): string[] {
  const { disks }: DisksConfig = JSON.parse(readFileSync(disksFile, 'utf8'));
  return disks.flatMap(({ mount, trim }) => (trim && mount !== undefined && isMounted(mount) ? [mount] : []));
}

function startTrim(program: string, folders: readonly string[]): void {
  if (folders.length === 0) return;
  const args = ['--disable-warning=ExperimentalWarning', program, ...folders];
  const child = spawnProgram(process.execPath, args, {
    ...{ cwd: '/', env: {}, stdio: ['ignore', 'inherit', 'inherit'] },
  });
  child.on('error', (thrown) => printLine(`supervisor: ${reasonOf(thrown)}`, 2));
}
