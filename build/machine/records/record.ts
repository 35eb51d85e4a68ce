import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from '../../../lib/errors/errors.ts';
import type { Arch } from '../../host/arch.ts';
import type { MachineMedia } from '../../media/boot-media.ts';
import { machineFiles } from './folder.ts';
import type { ClusterMember } from './member.ts';
import { writePrivateJson } from './private-json.ts';
import type { ProcessId } from './process.ts';
import type { MachineState, PublishedPort } from './state.ts';

export type { MachineState, PublishedPort } from './state.ts';

/** The accelerator that executes the guest's instructions. */
export type Accel = 'kvm' | 'tcg';

/** A machine on another host, added by `kit remote`. */
export interface RemoteMedia {
  readonly kind: 'remote';
  /** `vm1.example.org:4911` */
  readonly address: string;
  /** Absolute; holds the certificates (`tlsFiles`). */
  readonly tlsDir: string;
  /** The name that the server's certificate must have, if it is not the host of `address`. */
  readonly serverName?: string;
}

/**
 * machine.json. One process at a time writes it: `kit run` until the monitor has started, then the monitor.
 */
export interface MachineRecord {
  readonly name: string;
  readonly state: MachineState;
  /** Why it ended, in a few words; empty while it runs. */
  readonly reason: string;
  /** The process responsible for the machine, the monitor once that runs: the machine ends with it. */
  readonly owner: ProcessId;
  /** QEMU, or PID 1 of a container: everything in the machine ends with it. Null: not started, or ended. */
  readonly guest: ProcessId | null;
  readonly boot: MachineMedia | RemoteMedia;
  readonly arch: Arch;
  /** none: a container on the host's kernel. */
  readonly accel: Accel | 'none';
  readonly cpus: number;
  readonly memoryMiB: number;
  readonly publish: readonly PublishedPort[];
  /** Absent: it belongs to no cluster. */
  readonly member?: ClusterMember | undefined;
  /** Milliseconds since the epoch. */
  readonly createdMs: number;
  readonly startedMs: number | null;
  readonly endedMs: number | null;
}

/** The record in that folder; undefined when there is none, or it is incomplete. */
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
  writePrivateJson(join(dir, machineFiles.record), record);
