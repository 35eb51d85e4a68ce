import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../../../lib/files/make-folder.ts';
import { replaceFile } from '../../../lib/files/replace-file.ts';
import { readServiceFile } from '../../../lib/files/service-file.ts';
import type { KeeperState } from '../clock/clock-keeper.ts';
import type { HardwareState } from '../clock/hardware-keeper.ts';

/** `status.json`: what this program knows, for other programs. Times are in seconds. */
export interface Status {
  /** What it does: see docs/time.md. */
  readonly state: KeeperState;
  /** The clock has been right since this boot; a restart of this program then makes no step. */
  readonly wasRight: boolean;
  /** The server that is followed. */
  readonly server?: string;
  readonly stratum?: number;
  /** What the clock lacked at the last update. */
  readonly offset?: number;
  readonly jitter?: number;
  readonly rootDelay?: number;
  readonly rootDispersion?: number;
  /** The battery-backed clock; unknown while the clock is not right. */
  readonly hardwareClock: HardwareState;
  /** Who had to set that one. */
  readonly hardwareClockSetBy?: 'kernel' | 'ntp';
  /** Parts per million. */
  readonly frequency: number;
  /** 1: an additional second is announced, 2: one is left out. */
  readonly leap: number;
  /** Between requests. */
  readonly poll: number;
  /** Where the list of servers is from. */
  readonly from: string;
  readonly servers: readonly ServerStatus[];
  /** RFC 3339. */
  readonly updated: string;
}

export interface ServerStatus {
  readonly name: string;
  /** nts: it proves who it is; ptp: a clock of this machine. */
  readonly protocol: 'ntp' | 'nts' | 'ptp';
  readonly address: string;
  readonly state: 'followed' | 'counted' | 'false' | 'unsure' | 'silent' | 'denied';
  /** Of the last eight requests, a bit each; 255: all were answered. */
  readonly reach: number;
  readonly stratum?: number;
  readonly offset?: number;
  readonly delay?: number;
}

/** Replaces `<folder>/status.json` at once. The folder is a tmpfs. */
export function writeStatus(folder: string, status: Status): void {
  replaceFile(join(folder, 'status.json'), `${JSON.stringify(status, null, 2)}\n`);
}

/** Whether an earlier run of this program has set the clock right. */
export function wasRight(folder: string): boolean {
  try {
    return JSON.parse(readServiceFile(join(folder, 'status.json'), 65_536) ?? '{}').wasRight === true;
  } catch {
    return false;
  }
}

/** Keeps `<folder>/ready` while the clock is right: `ready: {file: …}` probes wait for it. */
export function markReady(folder: string, ready: boolean): void {
  const path = join(folder, 'ready');
  if (ready) {
    makeFolder(folder);
    writeFileSync(path, '');
  } else rmSync(path, { force: true });
}
