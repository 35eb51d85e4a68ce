import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { virtioPortDevice } from './virtio-port.ts';

test('a port is found by its whole name', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kit-ports-'));
  for (const [port, name] of [
    ['vport0p1', 'kit.control.0'],
    ['vport0p2', 'org.qemu.guest_agent.0'],
  ] as const) {
    mkdirSync(join(folder, port));
    writeFileSync(join(folder, port, 'name'), `${name}\n`);
  }
  expect(virtioPortDevice('org.qemu.guest_agent.0', folder)).toBe('/dev/vport0p2');
  expect(virtioPortDevice('org.qemu', folder)).toBeUndefined();
  expect(virtioPortDevice('kit.control.0', join(folder, 'none'))).toBeUndefined();
  rmSync(folder, { recursive: true });
});
