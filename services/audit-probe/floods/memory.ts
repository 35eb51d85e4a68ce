import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import type { TcpListener } from '../listening.ts';

/** The memory of the programs that hold a listening socket, and of those that they have started. */
export class ListenerMemory {
  readonly #holders: readonly number[];

  /** @throws Error when none is seen */
  constructor({ port, inode }: TcpListener) {
    this.#holders = pids().filter((pid) => holds(pid, `socket:[${inode}]`));
    if (this.#holders.length === 0) throw new Error(`no program is seen that listens at port ${port}`);
  }

  /** In MiB, what is resident now. */
  get mib(): number {
    const programs = new Map(pids().flatMap((pid) => statusOf(pid) ?? []));
    const isOurs = (pid: number): boolean => {
      if (this.#holders.includes(pid)) return true;
      const parent = programs.get(pid)?.parent ?? 0;
      return parent > 1 && isOurs(parent);
    };
    const own = [...programs].filter(([pid]) => isOurs(pid));
    return own.reduce((sum, [, { kib }]) => sum + kib, 0) / 1024;
  }
}

const pids = (): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);

function holds(pid: number, link: string): boolean {
  const folder = `/proc/${pid}/fd`;
  try {
    return readdirSync(folder).some((fd) => readlinkSync(`${folder}/${fd}`) === link);
  } catch {
    // It, or its descriptor, is gone.
    return false;
  }
}

interface Status {
  readonly parent: number;
  readonly kib: number;
}

/** proc_pid_status(5); threads of the kernel have no VmRSS. */
function statusOf(pid: number): [pid: number, status: Status][] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/status`, 'utf8');
    const [, parent] = /^PPid:\s*(\d+)/m.exec(text) ?? [];
    const [, kib] = /^VmRSS:\s*(\d+) kB/m.exec(text) ?? [];
    return kib === undefined ? undefined : [[pid, { parent: Number(parent), kib: Number(kib) }]];
  } catch {
    return undefined;
  }
}
