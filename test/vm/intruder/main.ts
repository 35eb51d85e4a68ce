import { spawnSync } from 'node:child_process';
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

const settings = [
  'kernel/sysrq',
  'kernel/yama/ptrace_scope',
  'kernel/kexec_load_disabled',
  'kernel/core_pattern',
  'kernel/unprivileged_bpf_disabled',
  'net/ipv4/conf/default/accept_redirects',
  'net/ipv6/conf/default/accept_redirects',
  'fs/suid_dumpable',
  'vm/mmap_rnd_bits',
];

/** Lets a program die of SIGABRT in a folder that it can write; the files that are there afterwards. */
function crash(): { signal: string | null; files: string[] } {
  const { signal } = spawnSync(process.execPath, ['--eval', 'process.abort()'], { cwd: '/tmp' });
  return { signal, files: readdirSync('/tmp') };
}

const answers: Readonly<Record<string, (pid: string) => unknown>> = {
  '/programs': programs,
  '/knock': knock,
  '/peek': peek,
  '/kernel': () =>
    Object.fromEntries(settings.map((name) => [name, attempt(() => read(`/proc/sys/${name}`).trim())])),
  '/crash': crash,
  '/lockdown': () => attempt(() => read('/proc/1/root/sys/kernel/security/lockdown').trim()),
  '/limits': (pid) => read(`/proc/${pid}/limits`).match(/^Max core file size.*$/m)?.[0],
  '/config': () => attempt(() => readdirSync('/proc/1/root/run/config').join()),
  '/inspect': () => attempt(() => readdirSync('/proc/1/root/run/kit/inspect')),
  '/cmdline': () => read('/proc/cmdline'),
  '/vsock': () => knockByVsock().catch((thrown: NodeJS.ErrnoException) => thrown.message),
};

createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://x');
  response.end(JSON.stringify((await answers[pathname]?.(searchParams.get('pid') ?? '')) ?? null));
}).listen(8081);
