import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Tools } from '../../build/tools/tree.ts';
import type { RunProgram } from '../../lib/disks/run-program.ts';
import { bootAndWrite, someFiles, type WrittenFile } from './boot-and-write.ts';
import { type Behaviour, exportDisk } from './exported-disk.ts';
import { judge } from './judge.ts';
import { firstLife } from './record.ts';
import type { Subject } from './subject.ts';
import type { LoggedWrite } from './write-log.ts';

export interface FaultOptions {
  /** What the disk is told without a fault: one of these writes is to fail. */
  readonly log: readonly LoggedWrite[];
  readonly times: number;
  /** 0 to 1 */
  readonly random: () => number;
  readonly run: RunProgram;
  readonly tools: Tools;
}

/**
 * Boots with a disk on which a write fails, once or each time, and then with the same disk repaired.
 * @returns how often the boots with the fault, and those after it, ended how
 * @throws what was lost: a file whose fsync(2) had returned, or a file system that was mounted
 */
export async function faults(
  folder: string,
  subject: Subject,
  { log, times, random, run, tools }: FaultOptions,
): Promise<Map<string, number>> {
  const seen = new Map<string, number>();
  const writes = log.filter(({ dataAt }) => dataAt !== undefined);
  for (let time = 0; time < times; time += 1) {
    const write = writes[Math.floor(random() * writes.length)];
    if (!write) throw new Error('nothing was written');
    const sector = write.at / 512 + Math.floor((random() * write.bytes) / 512);
    const fault: Fault = { kind: 'fails', sector, once: random() < 0.5 };
    const outcome = await tryFault(folder, subject, fault, { run, tools }).catch((thrown: unknown) => {
      throw new Error(`${fault.once ? 'one fault' : 'faults'} in sector ${sector}`, { cause: thrown });
    });
    seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
  }
  return seen;
}

type Fault = Extract<Behaviour, { kind: 'fails' }>;

async function tryFault(
  folder: string,
  subject: Subject,
  fault: Fault,
  { run, tools }: Pick<FaultOptions, 'run' | 'tools'>,
): Promise<string> {
  rmSync(join(folder, 'disk'), { force: true });
  const earlier = await firstLife(folder, subject, run);
  const safe: WrittenFile[] = [...earlier.files];
  let formatted = earlier.disk !== undefined;
  let ended = 'noticed';
  {
    await using disk = await exportDisk(folder, (subject.grownMib ?? subject.mib) * 2 ** 20, fault, tools);
    const watcher = {
      mounted: () => {
        formatted = true;
      },
      safe: (file: WrittenFile) => void safe.push(file),
    };
    try {
      await bootAndWrite(disk.shown, subject, { folder, run, files: someFiles(2, 12) }, watcher);
      ended = 'unnoticed';
    } catch {
      // A program, the kernel or kit says so; what counts is what is left.
    }
  }
  const outcome = await judge(join(folder, 'disk'), subject, { formatted, files: safe }, { run, folder });
  return `${ended}, then it ${outcome}`;
}
