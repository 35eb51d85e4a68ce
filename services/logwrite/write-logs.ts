import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { followLogs } from '../../lib/control/follow-logs.ts';
import { systemReason } from '../../lib/errors/system.ts';
import { LogProgress } from '../../lib/log/progress.ts';
import type { Settings } from './arguments.ts';
import { type LogDisk, realDisk } from './disk.ts';
import { safeFileName } from './file-name.ts';
import { LogFiles } from './log-files.ts';
import type { SourceProgress } from './source.ts';

export interface WriteLogsOptions {
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
  readonly disk?: LogDisk;
  /** Milliseconds between attempts to write to a full disk. */
  readonly retryMs?: number;
}

/** Writes the log lines of all sources of the machine to files, until `signal`. */
export async function writeLogs(settings: Settings, options: WriteLogsOptions): Promise<void> {
  const { signal, say, disk = realDisk } = options;
  const { socket, logDir, stateDir, limits } = settings;
  const progress = new LogProgress<SourceProgress>(join(stateDir, `${safeFileName(resolve(logDir))}.json`));
  const files = new LogFiles({ folder: logDir, limits, disk }, progress, say);
  for await (const { lines, logId } of followLogs({ socket, progress, signal, say })) {
    if (logId !== '') progress.begin(logId);
    for (const line of lines) files.add(line);
    if (lines.length > 0) await flush(files, logDir, options);
  }
}

/**
 * Flushes, and retries while the disk cannot be written. Reads nothing meanwhile: lines stay in the
 * supervisor's log as long as it has room.
 */
async function flush(
  files: LogFiles,
  logDir: string,
  { signal, say, retryMs = 1000 }: WriteLogsOptions,
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
