import type { CraftedEntry, CraftedStack } from '../../../build/layers/testing/reference.ts';

const entry = (part: Partial<CraftedEntry> & Pick<CraftedEntry, 'path'>): CraftedEntry => ({
  ...{ type: 'file', linkname: '', mode: 0o644, uid: 0, content: '', device: [0, 0] },
  ...part,
});
const file = (path: string, content = path): CraftedEntry => entry({ path, content });
const folder = (path: string, mode = 0o755): CraftedEntry => entry({ path, type: 'directory', mode });
const hard = (path: string, linkname: string): CraftedEntry => entry({ path, type: 'hardlink', linkname });
const link = (path: string, linkname: string): CraftedEntry => entry({ path, type: 'symlink', linkname });

/** Forms that tools write, and what has differed once. */
export const crafted: Readonly<Record<string, CraftedStack>> = {
  'whiteouts as hard links to a file below': [[file('o/x'), file('o/y')], [hard('o/.wh.x', 'o/y')]],
  'whiteouts as hard links to a file beside': [[file('o/x')], [file('o/y'), hard('o/.wh.x', 'o/y')]],
  'whiteouts as hard links to a whiteout': [
    [file('o/x'), file('o/y')],
    [file('o/.wh.y', ''), hard('o/.wh.x', 'o/.wh.y')],
  ],
  'a hard link to a mark that is one to a file below, which is gone': [
    [file('o/x'), file('o/y')],
    [hard('d/.wh..wh..opq', 'o/x'), hard('c', 'd/.wh..wh..opq'), file('.wh.o', ''), folder('o')],
  ],
  'whiteouts as links, folders and devices': [
    [file('a'), file('b'), file('c')],
    [link('.wh.a', 'b'), folder('.wh.b/'), entry({ path: '.wh.c', type: 'char' })],
  ],
  'an opaque mark behind its siblings': [
    [folder('d', 0o700), file('d/old')],
    [file('d/new'), hard('d/.wh..wh..opq', 'd/new')],
  ],
  'an opaque root': [
    [file('a'), file('d/x')],
    [file('d/y'), file('.wh..wh..opq', '')],
  ],
  "AUFS's own files": [
    [
      file('.wh..wh.plnk/12.3', 'x'),
      hard('a', '.wh..wh.plnk/12.3'),
      file('.wh..wh.aufs'),
      folder('.wh..wh.orph'),
    ],
  ],
  'a whiteout and its file in one layer, in both orders': [
    [file('a', '1'), file('b', '1'), file('d/old')],
    [file('a', '2'), file('.wh.a', ''), file('.wh.b', ''), file('b', '2'), file('d/new'), file('.wh.d', '')],
  ],
  'a path that comes again as something else': [
    [file('d/below'), file('f')],
    [
      file('d'),
      folder('d'),
      file('d/own'),
      folder('f'),
      file('f', '2'),
      link('d2', 'd'),
      folder('d2'),
      file('d2/x'),
    ],
  ],
  'a folder that is hidden, replaced and comes again': [
    [file('b/a'), file('b/b/a')],
    [file('b/b/c'), file('.wh.b', ''), file('b'), folder('b'), link('b/c', '/')],
  ],
  'a hard link made before its target is replaced': [
    [file('a', '1'), hard('b', 'a'), hard('c', 'b'), file('a', '2')],
    [file('b', '3')],
  ],
  'hard links to files of lower layers': [
    [file('a', '1')],
    [hard('b', 'a'), hard('d/c', 'b')],
    [file('.wh.a')],
  ],
  'a merged /usr in the layer and below': [
    [folder('usr/lib'), link('lib', 'usr/lib'), file('lib/one')],
    [file('lib/two'), file('lib/.wh.one', '')],
    [folder('lib'), file('lib/three')],
  ],
  'links that lead out of the root': [[link('out', '../../../../etc'), file('out/passwd', 'x')]],
  'a folder that only a lower layer lists': [
    [folder('tmp', 0o1777)],
    [file('tmp/x')],
    [file('tmp/.wh.x', '')],
  ],
  'a file of a lower layer that becomes a parent': [[file('a')], [file('a/b')]],
  'the same layer twice': [
    [file('x', '1'), folder('d')],
    [file('x', '2'), file('d/y')],
    [file('x', '1'), folder('d')],
  ],
  'the same layer twice, with a whiteout between': [
    [file('x')],
    [file('.wh.x', ''), file('y')],
    [file('x')],
    [],
  ],
  'empty layers': [[], [file('x')], [], []],
  'devices 0:0': [
    [file('a'), file('d/x')],
    [entry({ path: 'a', type: 'char' }), entry({ path: 'd', type: 'char' })],
  ],
};
