import { expect, test } from 'vitest';
import { boot } from '../support/machine.ts';

test("pkg/bpftrace knows the kernel's types, and sees system calls of a program", async () => {
  await using machine = await boot('test/slow/bpftrace.yml', { memory: '1500M', timeoutMs: 900_000 });
  const trace = async (...args: readonly string[]): Promise<string> => {
    const options = { service: 'bpftrace', timeoutMs: 300_000 };
    const { status, stdout, stderr } = await machine.exec('bpftrace', ['-q', ...args], options);
    expect({ status, stderr }, await machine.describe(`${stdout}${stderr}`)).toMatchObject({ status: 0 });
    return stdout;
  };
  const types = 'BEGIN { printf("%s\\n", ((struct task_struct *)curtask)->comm); exit(); }';
  expect(await trace('-e', types)).toMatch(/^bpftrace$/m);
  const calls =
    'tracepoint:syscalls:sys_enter_openat /comm == "cat"/ { printf("%s %s\\n", comm, str(args.filename)); }';
  expect(await trace('-e', calls, '-c', '/usr/bin/cat /etc/hosts')).toMatch(/^cat \/etc\/hosts$/m);
});
