import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { machineFiles } from '../../build/machine/records/folder.ts';
import { expectPredicted, lastPcr, printsPcrs } from '../secure-boot/pcrs.ts';
import { runOnTerminal, scratch } from '../support/machine.ts';
import { kit } from '../support/run-kit.ts';

const manifest = {
  kernel: { image: 'pkg/kernel', cmdline: 'console=ttyS0' },
  init: ['pkg/init', 'pkg/crun', 'pkg/containerd', 'pkg/supervisor'],
  onboot: [printsPcrs],
};

/** With Secure Boot: test/vm/secure-boot. */
test('kit measure predicts what a TPM has after a start without Secure Boot', async () => {
  await using folder = await scratch();
  const at = (name: string): string => join(folder.dir, name);
  await writeFile(at('m.yml'), JSON.stringify(manifest));
  const built = await kit('build', '--format', 'uki', '--dir', folder.dir, at('m.yml'));
  expect(built.status, built.stderr).toBe(0);
  const { machine } = runOnTerminal(at('m.efi'), ['--uefi', '--tpm', '--mem', '768']);
  await using _ = machine;
  const read = (): Promise<string> =>
    readFile(join(machine.dir, machineFiles.console), 'latin1').catch(() => '');
  const text = await machine.until('printed', read, (printed) => lastPcr.test(printed), {
    timeoutMs: 500_000,
  });
  await expectPredicted(text, at('m.efi'));
});
