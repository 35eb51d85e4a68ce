import { createReadStream, createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readTar, tarBytes } from '../../../lib/archive/tar.ts';
import { receiveTree } from '../../../lib/copy/receive.ts';
import { sendTree } from '../../../lib/copy/send.ts';
import { tarTools } from './tools.ts';
import { filesBelow, type Row, type TarWorld, tarWorld } from './trees.ts';

let world: TarWorld;
beforeAll(async () => {
  world = tarWorld(await tarTools());
}, 300_000);
afterAll(() => world[Symbol.dispose]());

function newFolder(name: string): string {
  const folder = join(world.folder, name);
  mkdirSync(folder);
  return folder;
}

test('GNU tar unpacks what kit cp sends', async () => {
  const [folder, archive] = [newFolder('unpacked'), join(world.folder, 'sent.tar')];
  await pipeline(tarBytes(sendTree(`${world.hard}/.`, false)), createWriteStream(archive));
  await world.run(folder, 'tar', '-xpf', archive);
  expect(filesBelow(folder)).toEqual(filesBelow(world.hard));
});

test('kit cp sends and receives every name and time', async () => {
  const folder = newFolder('received');
  const sent = tarBytes(sendTree(`${world.hard}/.`, false));
  await receiveTree(readTar(sent, 'archive'), { target: folder, kind: 'tree', asked: '' });
  expect(harmless(filesBelow(folder))).toEqual(harmless(filesBelow(world.hard)));
});

/** Of a sender that is not trusted, no link is made that leads out, and no file is setuid. */
const harmless = (rows: ReadonlyMap<string, Row>): [string, Row][] =>
  [...rows]
    .filter(([path]) => path !== 'far')
    .map(([path, row]): [string, Row] => [path, { ...row, mode: row.mode & 0o777 }])
    .sort();

test.each(['gnu', 'posix'])('kit cp receives archives of GNU tar, %s, with sparse files', async (format) => {
  const [folder, archive] = [newFolder(`of-${format}`), join(world.folder, `${format}.tar`)];
  await world.run(world.hard, 'tar', '-S', `--format=${format}`, '-cf', archive, '.');
  await receiveTree(readTar(createReadStream(archive), 'archive'), { target: folder, kind: 'archive' });
  expect(filesBelow(folder)).toEqual(filesBelow(world.hard));
});
