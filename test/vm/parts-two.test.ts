import { afterAll, beforeAll, expect, test } from 'vitest';
import { boot, shell, type TestMachine } from '../support/machine.ts';
import { kit } from '../support/run-kit.ts';

/** One boot of parts-two.yml, which ends in another kernel. */
let machine: TestMachine;

beforeAll(async () => {
  machine = await boot('test/vm/parts-two.yml', { tpm: true, timeoutMs: 600_000 });
}, 900_000);

afterAll(() => machine?.[Symbol.asyncDispose]());

const inside = async (service: string, program: string, ...args: readonly string[]): Promise<string> => {
  const { status, stdout, stderr } = await machine.exec(program, args, { service });
  expect({ status, stderr }, await machine.describe(`${stdout}${stderr}`)).toMatchObject({ status: 0 });
  return stdout;
};

test('pkg/auditd has the rules of a file, and finds what they report', async () => {
  expect(await inside('auditd', 'auditctl', '-l')).toBe(
    '-a always,exit -F arch=b64 -S sethostname -F key=names\n',
  );
  expect(await shell(machine, 'hostname audited')).toBe('');
  const found = await machine.until(
    'the event',
    () => inside('auditd', 'sh', '-c', 'ausearch --input-logs -k names 2>&1 || true'),
    (text) => text.includes('type=SYSCALL'),
  );
  expect(found).toMatch(/type=SYSCALL .*success=yes .*comm="hostname" .*key="names"/);
  expect(await shell(machine, 'ls -l /var/log/audit')).toMatch(/^-rw------- .* audit\.log$/m);
});

test('pkg/tss: the programs of tpm2-tools reach the TPM, whose properties are told once', async () => {
  expect(await inside('tss', 'tpm2_getrandom', '--hex', '8')).toMatch(/^[0-9a-f]{16}$/);
  expect(await inside('tss', 'tpm2_pcrread', 'sha256:0')).toMatch(/0 : 0x[0-9A-F]{64}/);
  expect(await machine.service('properties')).toMatchObject({ lastExit: 'exit status 0' });
  expect((await kit('logs', machine.name, 'properties')).stdout).toContain('TPM2_PT_FAMILY_INDICATOR');
});

test('a reboot starts the kernel that pkg/kexec has loaded, in order', async () => {
  const make = [
    'mkdir -p /tmp/root/bin && cd /tmp/root && cp /usr/bin/busybox bin',
    `printf '#!/bin/busybox sh\\necho a kernel started by kexec\\n/bin/busybox poweroff -f\\n' >init`,
    'chmod +x init && find . | busybox cpio -o -H newc >/tmp/initrd.img',
    'kexec --load /boot/kernel --initrd=/tmp/initrd.img --command-line="console=ttyS0 quiet"',
  ].join(' && ');
  await inside('kexec', 'sh', '-c', make);
  expect(await shell(machine, 'cat /sys/kernel/kexec_loaded')).toBe('1\n');
  await shell(machine, 'kill -TERM 1');
  const console = await machine.until(
    'the other kernel',
    () => machine.console(),
    (text) => text.includes('a kernel started by kexec'),
  );
  expect(console).toContain('kit: reboot, requested by SIGTERM');
  await machine.until(
    'off',
    async () => (await machine.status()).state,
    (state) => state === 'stopped',
  );
});
