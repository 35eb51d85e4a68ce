import { openSync, readdirSync, readFileSync, readSync } from 'node:fs';
import { createServer } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { knockByVsock } from './vsock.ts';

/** The result of a check: a value, or the kernel's error. */
function attempt<T>(act: () => T): T | string {
  try {
    return act();
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code ?? String(thrown);
  }
}

const read = (path: string): string => readFileSync(path, 'utf8');

/** The listening ports in the network namespace of a process: state 0A of /proc/PID/net/tcp. */
const ports = (pid: string): number[] =>
  ['tcp', 'tcp6'].flatMap((kind) =>
    [...read(`/proc/${pid}/net/${kind}`).matchAll(/:([0-9A-F]{4}) \S+ 0A /g)].map(([, hex = '']) =>
      Number.parseInt(hex, 16),
    ),
  );

/** Every Node process of the machine, by the file it runs. */
function programs(): { pid: string; args: string[] }[] {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return all
    .map((pid) => ({ pid, args: String(attempt(() => read(`/proc/${pid}/cmdline`))).split('\0') }))
    .filter(({ args: [program = ''] }) => program.endsWith('/node'));
}

/** Sends SIGUSR1, on which Node opens its inspector, and lists the listening ports. */
async function knock(pid: string): Promise<object> {
  const sent = attempt(() => process.kill(Number(pid), 'SIGUSR1'));
  await pause(1500);
  return {
    sent,
    ports: attempt(() => ports(pid).sort()),
    sockets: attempt(() => read(`/proc/${pid}/net/unix`).match(/\S*inspect\S*/g) ?? []),
    alive: attempt(() => read(`/proc/${pid}/stat`).length > 0),
  };
}

/** Reads the first byte of a process's program through the kernel's interface for debuggers. */
function peek(pid: string): string | number {
  const start = Number.parseInt(read(`/proc/${pid}/maps`), 16);
  return attempt(() => readSync(openSync(`/proc/${pid}/mem`, 'r'), Buffer.alloc(1), 0, 1, start));
}

const answers: Readonly<Record<string, (pid: string) => unknown>> = {
  '/programs': programs,
  '/knock': knock,
  '/peek': peek,
  '/kernel': () =>
    Object.fromEntries(
      ['kernel/sysrq', 'kernel/yama/ptrace_scope', 'kernel/kexec_load_disabled', 'fs/suid_dumpable'].map(
        (name) => [name, attempt(() => read(`/proc/sys/${name}`).trim())],
      ),
    ),
  '/limits': () => read('/proc/self/limits').match(/^Max core file size.*$/m)?.[0],
  '/inspect': () => attempt(() => readdirSync('/proc/1/root/run/kit/inspect')),
  '/cmdline': () => read('/proc/cmdline'),
  '/vsock': () => knockByVsock().catch((thrown: NodeJS.ErrnoException) => thrown.message),
};

createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://x');
  response.end(JSON.stringify((await answers[pathname]?.(searchParams.get('pid') ?? '')) ?? null));
}).listen(8081);
