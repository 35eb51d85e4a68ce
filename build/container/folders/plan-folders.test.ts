import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseDisk } from '../../backend/request/disks.ts';
import { testRequest } from '../../backend/testing/request.ts';
import { createFolders, planFolders } from './plan-folders.ts';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'kit-folders-'));
  mkdirSync(join(dir, 'own'));
});
afterAll(() => rmSync(dir, { recursive: true }));

const request = (disks: readonly string[], state?: string) =>
  testRequest('x.yml', { disks: disks.map((text) => parseDisk(text, dir)), state });

test('folders in place of disks, and shares after them', () => {
  const share = { path: '/srv/src', tag: 'src', readOnly: true, only9p: true };
  const disks = ['a.qcow2,size=4G,serial=kit-data', 'size=1G', 'own'];
  const folders = planFolders({ ...request(disks, join(dir, 'state')), shares: [share] });
  expect(folders).toEqual([
    { path: join(dir, 'a.qcow2.folder'), as: { disk: 'kit-data' }, readOnly: false },
    { path: join(dir, 'state/disk1.img.folder'), as: { disk: null }, readOnly: false },
    { path: join(dir, 'own'), as: { disk: null }, readOnly: false },
    { path: '/srv/src', as: { share: 'src' }, readOnly: true },
  ]);
});

test('a folder is made if a size is given, as a disk is', () => {
  const sized = request(['new.img,size=4G', 'own']);
  const folders = planFolders(sized);
  createFolders(folders, sized.disks);
  createFolders(folders, sized.disks);
  expect(statSync(join(dir, 'new.img.folder')).isDirectory()).toBe(true);
  const missing = request(['gone.img']);
  expect(() => createFolders(planFolders(missing), missing.disks)).toThrow(
    `Cannot use disk "${dir}/gone.img" with a container: no folder "${dir}/gone.img.folder"`,
  );
  expect(existsSync(join(dir, 'gone.img.folder'))).toBe(false);
});

test.each([
  ['size=1G', 'Cannot use a disk without a path with a container'],
  ['size=1G,serial=kit-data', 'Cannot use a disk "kit-data", which has no path, with a container'],
])('a disk needs a place that stays: %s', (text, message) => {
  expect(() => planFolders(request([text]))).toThrow(message);
});
