import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { bindFunctions, check } from '../../../lib/linux/ffi.ts';

const libc = bindFunctions({
  syscall: { arguments: ['int64', 'string', 'string', 'string', 'int64', 'int64'], return: 'int64' },
});

/** The numbers of system calls (asm/unistd.h). */
const numbers = process.arch === 'arm64' ? { add_key: 217n } : { add_key: 248n };
const io_uring_setup = 425n;
const sessionKeyring = -3n;

type Attack = () => unknown;

const write =
  (path: string, text: string): Attack =>
  () =>
    writeFileSync(path, text);

/** By a program of busybox; its complaint is the answer. */
const run =
  (...args: string[]): Attack =>
  () => {
    const { status, stderr } = spawnSync('/usr/bin/busybox', args, { encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr.trim());
  };

const attacks: Readonly<Record<string, Attack>> = {
  // The kernel runs its value as root of the machine when a process of any container crashes.
  core_pattern: write('/proc/sys/kernel/core_pattern', '|/prisoner %P'),
  modprobe: write('/proc/sys/kernel/modprobe', '/prisoner'),
  uevent_helper: write('/sys/kernel/uevent_helper', '/prisoner'),
  sysrq: write('/proc/sysrq-trigger', 'h'),
  hostname: write('/proc/sys/kernel/hostname', 'prisoner'),
  drop_caches: write('/proc/sys/vm/drop_caches', '1'),
  ksm: write('/sys/kernel/mm/ksm/run', '0'),
  keys: () => {
    if (readFileSync('/proc/keys', 'utf8') === '') throw new Error('hidden');
  },
  remount: run('mount', '-o', 'remount,rw', '/proc/sys'),
  mount: run('mount', '-t', 'tmpfs', 'tmpfs', '/tmp'),
  'user namespace': run('unshare', '-Ur', 'true'),
  'network namespace': run('unshare', '-n', 'true'),
  mknod: run('mknod', '/tmp/disk', 'b', '8', '0'),
  keyring: () =>
    check('add_key', Number(libc.syscall(numbers.add_key, 'user', 'kit', 'x', 1n, sessionKeyring))),
  io_uring: () => check('io_uring_setup', Number(libc.syscall(io_uring_setup, '', '', '', 0n, 0n))),
};

function answer(attack: Attack): string {
  try {
    attack();
    return 'succeeded';
  } catch (thrown) {
    const { code, message } = thrown as NodeJS.ErrnoException;
    return code ?? message;
  }
}

createServer((_request, response) => {
  const answers = Object.entries(attacks).map(([name, attack]) => [name, answer(attack)]);
  const { 0: status } = /^NoNewPrivs:\s+1$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? ['none'];
  response.end(JSON.stringify({ attacks: Object.fromEntries(answers), status }));
}).listen(8082);
