import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from '../../../lib/errors/errors.ts';
import { writeWhole } from '../../cache/write.ts';
import type { Arch } from '../../host/arch.ts';
import type { MachineMedia } from '../../media/boot-media.ts';
import { machineFiles } from './folder.ts';
import type { ProcessId } from './process.ts';

/** A port of the host that leads to one of the guest. */
export interface Publish {
  /** An address of the host: `127.0.0.1`. */
  readonly host: string;
  readonly hostPort: number;
  readonly guestPort: number;
  readonly protocol: 'tcp' | 'udp';
}

/** starting: no answer from the guest yet. failed: it ended by a kernel panic, or with QEMU. */
export type MachineState = 'starting' | 'running' | 'stopped' | 'failed';

/** Who runs the guest's processors. */
export type Accel = 'kvm' | 'tcg';

/** A machine that runs elsewhere, and is only known here. */
export interface RemoteMedia {
  readonly kind: 'remote';
  /** `vm1.example.org:4911` */
  readonly address: string;
  /** Absolute; holds the certificates (`tlsFiles`). */
  readonly tlsDir: string;
  /** What its certificate is to say where that is not the host of `address`. */
  readonly serverName?: string;
}

/** machine.json. One process at a time writes it: kit run until the monitor is there, then the monitor. */
export interface MachineRecord {
  readonly name: string;
  readonly state: MachineState;
  /** Why it ended, in a few words; empty while it runs. */
  readonly reason: string;
  /** Who is answerable for the machine: when this process is gone, so is the machine. */
  readonly owner: ProcessId;
  /** QEMU, or PID 1 of a container: when it is gone, so is all that runs in the machine. */
  readonly guest: ProcessId | null;
  readonly boot: MachineMedia | RemoteMedia;
  readonly arch: Arch;
  /** none: a container, which the host's own kernel runs. */
  readonly accel: Accel | 'none';
  readonly cpus: number;
  readonly memoryMiB: number;
  readonly publish: readonly Publish[];
  /** Milliseconds since the epoch. */
  readonly createdMs: number;
  readonly startedMs: number | null;
  readonly endedMs: number | null;
}

/** The record in that folder, or undefined when there is none that can be read. */
export async function readRecord(dir: string): Promise<MachineRecord | undefined> {
  try {
    return JSON.parse(await readFile(join(dir, machineFiles.record), 'utf8')) as MachineRecord;
  } catch (thrown) {
    if (thrown instanceof SyntaxError || codeOf(thrown) === 'ENOENT' || codeOf(thrown) === 'ENOTDIR')
      return undefined;
    throw thrown;
  }
}

export const writeRecord = (dir: string, record: MachineRecord): Promise<void> =>
  writeJson(join(dir, machineFiles.record), record);

/** Writes a JSON file for its owner alone, so that a reader sees the old one or the new one, and never a part. */
export function writeJson(path: string, value: unknown): Promise<void> {
  return writeWhole(path, `${JSON.stringify(value, null, 2)}\n`, 0o600);
}
