import { closeSync, openSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { constants } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { codeOf } from '../../../lib/errors/errors.ts';
import { hasRawCall, rawCall } from '../../../lib/linux/process/raw-call.ts';
import { type Attacks, type Attempt, firstsOf, listed, reaches } from '../attack.ts';
import { listening } from '../listening.ts';

/** What --production denies even to root with every right. */
export const closedToRoot: Attacks = {
  'ptrace-root': () => firstsOf(nodePrograms(), (pid) => `opened the memory of process ${opened(pid)}`),
  'kexec-root': () => reaches('called kexec_load', () => rawCall('kexec_load', 0, 0, 0, 0)),
  'sysrq-off': () => {
    const value = readFileSync('/proc/sys/kernel/sysrq', 'utf8').trim();
    return value === '0' ? undefined : `kernel.sysrq is ${value}`;
  },
  // lockdown(7), as LOCKDOWN_DEV_MEM and LOCKDOWN_IOPORT.
  'kernel-lockdown': () =>
    firstsOf([() => openedDevice('/dev/mem'), ...(hasRawCall('iopl') ? [callIopl] : [])], (act) => act()),
  'module-signatures': () => {
    const value = readFileSync('/sys/module/module/parameters/sig_enforce', 'utf8').trim();
    return value === 'Y' ? undefined : `module.sig_enforce is ${value}`;
  },
  'core-files': () => {
    const pattern = readFileSync('/proc/sys/kernel/core_pattern', 'utf8').trim();
    return pattern === '' || pattern.startsWith('|') ? undefined : `kernel.core_pattern is ${pattern}`;
  },
  'no-console-program': () => {
    const reading = programs().filter(({ pid }) => pid !== 1 && readsConsole(pid));
    return reading.length > 0
      ? listed(reading.map(({ pid, args }) => `${args.join(' ')} (${pid})`))
      : undefined;
  },
  // Last: a program that does not handle the signal ends.
  'inspector-signal': knock,
};

function openedDevice(path: string): Attempt {
  closeSync(openSync(path, 'r+'));
  return `opened ${path}`;
}

function callIopl(): Attempt {
  rawCall('iopl', 3);
  return 'called iopl';
}

function programs(): { readonly pid: number; readonly args: readonly string[] }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((name) => {
      try {
        const args = readFileSync(`/proc/${name}/cmdline`, 'utf8').split('\0').filter(Boolean);
        return args.length > 0 ? [{ pid: Number(name), args }] : [];
      } catch {
        // It has ended.
        return [];
      }
    });
}

/** Whether the process holds a console of the machine open for reading. */
function readsConsole(pid: number): boolean {
  const folder = `/proc/${pid}/fd`;
  try {
    return readdirSync(folder).some((fd) => isConsole(readlinkSync(`${folder}/${fd}`)) && canRead(pid, fd));
  } catch {
    // It has ended.
    return false;
  }
}

const isConsole = (path: string): boolean => /^\/dev\/(?:console|tty(?:S|AMA|USB)?\d+|hvc\d+)$/.test(path);

/** The last octal digit of the flags (proc_pid_fdinfo(5)): O_WRONLY is 1. */
const canRead = (pid: number, fd: string): boolean =>
  !/^flags:\s*\d*1$/m.test(readFileSync(`/proc/${pid}/fdinfo/${fd}`, 'utf8'));

/** Programs of Node, the probes and PID 1, which halts the machine on the signal, left out. */
function nodePrograms(): number[] {
  return programs()
    .filter(({ pid, args }) => pid !== 1 && /(?:^|\/)node$/.test(args[0] ?? ''))
    .map(({ pid }) => pid);
}

function opened(pid: number): number {
  closeSync(openSync(`/proc/${pid}/mem`, 'r'));
  return pid;
}

/** Node opens its inspector at 127.0.0.1:9229 on SIGUSR1. */
const inspectorPort = 9229;
/** A program that handles the signal may do so late on a busy machine; others never open the port. */
const openMs = 60_000;
const lookEveryMs = 250;

async function knock(): Promise<Attempt> {
  const knocked = nodePrograms();
  const endMs = performance.now() + (knocked.some(handlesSignal) ? openMs : 0);
  for (const pid of knocked) signal(pid);
  for (;;) {
    if (isInspectorOpen()) return `port ${inspectorPort} is open after SIGUSR1`;
    if (performance.now() >= endMs) return undefined;
    await pause(lookEveryMs);
  }
}

function signal(pid: number): void {
  try {
    process.kill(pid, 'SIGUSR1');
  } catch (thrown) {
    // It has ended since, which says nothing about the others.
    if (codeOf(thrown) !== 'ESRCH') throw thrown;
  }
}

/** proc_pid_status(5): a bit for each signal from 1 on. Node with --disable-sigusr1 does not handle it. */
function handlesSignal(pid: number): boolean {
  try {
    const [, mask = ''] = /^SigCgt:\s*([0-9a-f]+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return ((BigInt(`0x${mask}`) >> BigInt(constants.signals.SIGUSR1 - 1)) & 1n) === 1n;
  } catch {
    // It has ended.
    return false;
  }
}

const isInspectorOpen = (): boolean =>
  listening({ loopback: true }).some((port) => port === `tcp:${inspectorPort}`);
