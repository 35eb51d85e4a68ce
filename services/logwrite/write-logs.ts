import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { followLogs } from '../../lib/control/follow-logs.ts';
import { systemReason } from '../../lib/errors/system.ts';
import { LogProgress } from '../../lib/log/progress.ts';
import type { Settings } from './arguments.ts';
import { type Disk, realDisk } from './disk.ts';
import { plainName } from './file-name.ts';
import { LogFiles } from './log-files.ts';
import type { Written } from './source.ts';

export interface Surroundings {
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
  readonly disk?: Disk;
  /** Milliseconds until a full disk is tried again. */
  readonly retryMs?: number;
}

/** Writes what every source of the machine says to files, until `signal`. */
export async function writeLogs(settings: Settings, surroundings: Surroundings): Promise<void> {
  const { signal, say, disk = realDisk } = surroundings;
  const { socket, logDir, stateDir, limits } = settings;
  const progress = new LogProgress<Written>(join(stateDir, `${plainName(resolve(logDir))}.json`));
  const files = new LogFiles({ folder: logDir, limits, disk }, progress, say);
  for await (const { lines, logId } of followLogs({ socket, progress, signal, say })) {
    if (logId !== '') progress.begin(logId);
    for (const line of lines) files.add(line);
    if (lines.length > 0) await flushed(files, logDir, surroundings);
  }
}

/** Waits for room on a full disk. Meanwhile nothing is read: the lines wait in the machine's own log, as long as they fit there. */
async function flushed(
  files: LogFiles,
  logDir: string,
  { signal, say, retryMs = 1000 }: Surroundings,
): Promise<void> {
  for (let tries = 0; !signal.aborted; tries += 1) {
    try {
      files.flush();
      if (tries > 0) say(`Writing to "${logDir}" again`);
      return;
    } catch (thrown) {
      if (tries === 0)
        say(`Cannot write to "${logDir}": ${systemReason(thrown)}; lines wait until it can be written`);
      await pause(retryMs, null, { signal }).catch(() => {});
    }
  }
}
