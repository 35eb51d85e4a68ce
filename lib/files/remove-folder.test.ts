import { chmodSync, existsSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { removeFolder, removeFolderSync } from './remove-folder.ts';

// Root may enter every folder: as root these show only that everything is removed.
test.each([
  ['removeFolder', removeFolder],
  ['removeFolderSync', removeFolderSync],
])(
  '%s removes folders that are closed to their owner, and names that are not text',
  async (_name, remove) => {
    const dir = mkdtempSync(join(tmpdir(), 'kit-remove-'));
    const kept = join(dir, 'kept');
    const removed = join(dir, 'removed');
    mkdirSync(kept);
    writeFileSync(join(kept, 'file'), '');
    mkdirSync(join(removed, 'closed/unwritable'), { recursive: true });
    symlinkSync(kept, join(removed, 'link'));
    const odd = Buffer.concat([Buffer.from(join(removed, 'closed/unwritable/')), Buffer.from([0xff, 0xfe])]);
    mkdirSync(odd);
    writeFileSync(Buffer.concat([odd, Buffer.from('/file')]), '');
    for (const [path, mode] of [
      [odd, 0o000],
      [join(removed, 'closed/unwritable'), 0o555],
      [join(removed, 'closed'), 0o644],
    ] as const)
      chmodSync(path, mode);
    await remove(removed);
    expect(existsSync(removed)).toBe(false);
    expect(existsSync(join(kept, 'file'))).toBe(true);
    await remove(dir);
    await remove(dir);
  },
);
