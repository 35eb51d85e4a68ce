import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { listDisks } from './block-devices.ts';

test('disks by name, without empty drives and devices that are made of others', () => {
  const sys = mkdtempSync(join(tmpdir(), 'kit-sys-'));
  try {
    for (const name of ['sda', 'sdaa', 'sdb', 'loop0', 'dm-0', 'sr0', 'zram0', 'nvme0n1', 'sdc', 'md0']) {
      const folder = join(sys, 'block', name);
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'size'), name === 'sdc' ? '0\n' : '8\n');
      writeFileSync(join(folder, 'ro'), name === 'sdb' ? '1\n' : '0\n');
    }
    expect(listDisks(sys).map(({ name }) => name)).toEqual(['sda', 'sdb', 'sdaa', 'nvme0n1']);
    expect(listDisks(sys)[1]).toEqual({ name: 'sdb', path: '/dev/sdb', bytes: 4096, isReadOnly: true });
  } finally {
    rmSync(sys, { recursive: true });
  }
});
