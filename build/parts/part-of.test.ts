import { expect, test } from 'vitest';
import { counterpart } from './counterpart.ts';
import { linuxkitPackages } from './linuxkit-packages.ts';
import { linuxkitImage, partAdvice } from './part-of.ts';

const digest = `sha256:${'a'.repeat(64)}`;

test.each([
  ['linuxkit/getty', 'getty'],
  ['linuxkit/getty:v1.0', 'getty'],
  ['linuxkit/dm-crypt:60ea984bf09a74d509080aa9bc41ee0996b9bc73', 'dm-crypt'],
  [`linuxkit/getty@${digest}`, 'getty'],
  [`docker.io/linuxkit/getty:v1.0@${digest}`, 'getty'],
  ['index.docker.io/linuxkit/node_exporter:1', 'node_exporter'],
])('%s is an image of LinuxKit', (text, name) => {
  expect(linuxkitImage(text)?.name).toBe(name);
  expect(linuxkitImage(text)?.row).toBe(linuxkitPackages[name]);
});

test.each([
  ...['pkg/getty', './linuxkit/getty', '/linuxkit/getty', 'getty:v1', 'linuxkit', 'mylinuxkit/getty:1'],
  ...['ghcr.io/linuxkit/other:v1', 'linuxkit/getty/x', 'oci:linuxkit/getty', 'linuxkit/GETTY'],
])('%s is none', (text) => {
  expect(linuxkitImage(text)).toBeUndefined();
});

test('a name that the table does not have is an image of LinuxKit all the same', () => {
  expect(linuxkitImage('linuxkit/constructor:v1')).toEqual({ name: 'constructor', row: undefined });
});

test.each([
  ['linuxkit/getty:v1.0', 'for linuxkit/getty take pkg/getty: kit migrate FILE'],
  ['linuxkit/acpid:v1.0', 'leave linuxkit/acpid out, since PID 1 obeys the power button: kit migrate FILE'],
  ['linuxkit/unheard-of:v1.0', undefined],
  ['redis:7', undefined],
])('%s: %s', (text, advice) => {
  expect(partAdvice(text)).toBe(advice);
});

test('a package that this kit does not have is not named', () => {
  const row = linuxkitPackages['qemu-ga'];
  expect(row && [counterpart(row, () => true), counterpart(row, () => false)]).toEqual([
    { kind: 'package', name: 'qemu-ga' },
    expect.objectContaining({ kind: 'none' }),
  ]);
  expect(partAdvice('linuxkit/open-vm-tools:v1')).toBe(
    "for linuxkit/open-vm-tools put Debian's open-vm-tools into a package of your own (docs/packages.md): kit migrate FILE",
  );
});

test('every row ends with something that is there, or with a package that is', () => {
  for (const [name, row] of Object.entries(linuxkitPackages))
    expect([name, counterpart(row)]).not.toEqual([
      name,
      expect.objectContaining({ instead: /another version/ }),
    ]);
});
