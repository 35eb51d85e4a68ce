import { openSync, readdirSync, readFileSync, readSync } from 'node:fs';
import { createServer } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { knockByVsock } from './vsock.ts';

/** What a question ends with: an answer, or the kernel's reason. */
function attempt<T>(act: () => T): T | string {
  try {
    return act();
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code ?? String(thrown);
  }
}

const read = (path: string): string => readFileSync(path, 'utf8');

/** Ports that somebody listens on in the network of a process: state 0A of proc_net_tcp(5). */
const ports = (pid: string): number[] =>
  ['tcp', 'tcp6'].flatMap((kind) =>
    [...read(`/proc/${pid}/net/${kind}`).matchAll(/:([0-9A-F]{4}) \S+ 0A /g)].map(([, hex = '']) =>
      Number.parseInt(hex, 16),
    ),
  );

/** Every Node program of the machine, by the file it runs. */
function programs(): { pid: string; args: string[] }[] {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return all
    .map((pid) => ({ pid, args: String(attempt(() => read(`/proc/${pid}/cmdline`))).split('\0') }))
    .filter(({ args: [program = ''] }) => program.endsWith('/node'));
}

/** Sends the signal that Node takes for "open the inspector", then looks at what is open. */
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

/** The first byte of its program, by the kernel's door for debuggers. */
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
