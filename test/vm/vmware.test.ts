import { expect, test } from 'vitest';
import { machineNamed } from '../support/machine.ts';
import { kit } from '../support/run-kit.ts';

/** Where the port may not be read, the instruction faults; otherwise QEMU says that it is VMware's. */
test("the port of VMware's hypervisor is read by programs that may, and kills none that may not", async () => {
  await using machine = machineNamed(`test-vmware-${process.pid}`);
  const hardware = ['--cpus', '1', '--smbios', 'type=1,manufacturer=VMware,, Inc.'];
  const { stderr } = await kit(
    ...['run', '--detach', '--name', machine.name, '--networking', 'none', ...hardware],
    'test/vm/vmware.yml',
  );
  const console = await machine.console();
  const why = await machine.describe(stderr);
  const line = (name: string, text: string): RegExp =>
    new RegExp(`${name}.*no metadata from vmware: Cannot read VMware's guestinfo: ${text}`);
  expect(console, why).toMatch(line('kept-out', 'the hypervisor keeps programs from its port'));
  expect(console, why).toMatch(line('let-in', 'the hypervisor opens no channel'));
  expect((await kit('stop', machine.name)).status).toBe(0);
});
