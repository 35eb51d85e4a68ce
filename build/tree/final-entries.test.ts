import { expect, test } from 'vitest';
import { bodyBytes, type TarEntry, tarEntry, textEntry } from '../../lib/archive/tar.ts';
import { finalWalk } from './final-entries.ts';

async function listed(...entries: TarEntry[]): Promise<string[]> {
  const found = [];
  for await (const entry of finalWalk(() => entries.map((one) => ({ ...one })))) {
    const body = entry.type === 'file' ? (await bodyBytes(entry)).toString() : entry.linkname;
    found.push(`${entry.type} ${entry.path} ${entry.mode.toString(8)} ${body}`.trimEnd());
  }
  return found;
}

const folder = (path: string, mode = 0o755): TarEntry => tarEntry({ path, type: 'directory', mode });
const link = (path: string, linkname: string): TarEntry => tarEntry({ path, type: 'symlink', linkname });

test.each<[string, TarEntry[], string[]]>([
  ['the last of two counts', [textEntry('x', '1'), textEntry('x', '2')], ['file x 644 2']],
  ['parents that nobody names are there', [textEntry('a/b', '1')], ['directory a 755', 'file a/b 644 1']],
  [
    'a folder that comes again keeps what is in it',
    [folder('a'), textEntry('a/b', '1'), folder('a', 0o700)],
    ['directory a 700', 'file a/b 644 1'],
  ],
  [
    'what replaces a folder replaces all of it',
    [textEntry('a/b', '1'), textEntry('ab', '3'), textEntry('a', '2')],
    ['file ab 644 3', 'file a 644 2'],
  ],
  [
    'a path through a link goes where it leads',
    [folder('usr/lib'), link('lib', 'usr/lib'), textEntry('lib/x', '1')],
    ['directory usr 755', 'directory usr/lib 755', 'symlink lib 777 usr/lib', 'file usr/lib/x 644 1'],
  ],
  [
    'hard links too',
    [
      folder('usr'),
      link('u', 'usr'),
      textEntry('u/x', '1'),
      tarEntry({ path: 'u/y', type: 'hardlink', linkname: 'u/x' }),
    ],
    ['directory usr 755', 'symlink u 777 usr', 'file usr/x 644 1', 'hardlink usr/y 644 usr/x'],
  ],
  ['a link is itself replaced', [link('x', 'y'), textEntry('x', '1')], ['file x 644 1']],
])('%s', async (_title, entries, expected) => {
  expect(await listed(...entries)).toEqual(['directory  755', ...expected]);
});

test('a file where a folder is needed is refused', async () => {
  await expect(listed(textEntry('x', ''), textEntry('x/y', ''))).rejects.toThrow(
    'Cannot put "x/y" into the image: "x" is not a folder',
  );
});
