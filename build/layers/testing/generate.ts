import fc from 'fast-check';
import type { TarType } from '../../../lib/archive/tar.ts';
import { type CraftedEntry, type CraftedStack, ReferenceTree, Refused } from './reference.ts';

const name = fc.constantFrom('a', 'b', 'c');
const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));
const modes = fc.constantFrom(0o644, 0o755, 0o700, 0o4755, 0o1777, 0o2770);
const whiteoutType = fc.constantFrom<TarType>('file', 'file', 'hardlink', 'symlink', 'directory', 'char');
const linkText = fc.constantFrom(
  ...['a', 'b', 'c', 'a/b', 'b/c', '../a', '../b/c', '/a', '/b/c', '/', '.', '..', '../../../../a', './b/'],
);
const spelling = fc.constantFrom<(path: string) => string>(
  ...[(text: string) => text, (text: string) => text, (text: string) => `./${text}`],
  ...[(text: string) => `/${text}`, (text: string) => `.//${text.replaceAll('/', '//')}`],
);

type Kind = 'file' | 'folder' | 'symlink' | 'hardlink' | 'whiteout' | 'opaque' | 'device' | 'zero' | 'plnk';

/** What an entry is made of; the paths that hard links name are chosen among all that came before. */
interface Seed {
  readonly kind: Kind;
  readonly path: string;
  readonly type: TarType;
  readonly text: string;
  readonly mode: number;
  readonly uid: number;
  readonly target: number;
  readonly spell: (path: string) => string;
}

const seed: fc.Arbitrary<Seed> = fc.record({
  kind: fc.oneof(
    ...(
      [
        ...[['file', 8] as const, ['folder', 6] as const, ['symlink', 4] as const, ['hardlink', 4] as const],
        ...[['whiteout', 5] as const, ['opaque', 3] as const, ['device', 1] as const, ['zero', 1] as const],
        ['plnk', 1] as const,
      ] as const
    ).map(([kind, weight]) => ({ arbitrary: fc.constant<Kind>(kind), weight })),
  ),
  path,
  type: whiteoutType,
  text: linkText,
  mode: modes,
  uid: fc.constantFrom(0, 0, 0, 1000),
  target: fc.nat(1000),
  spell: spelling,
});

/**
 * Stacks of one to four layers over few names, with everything that layers are known to have: whiteouts and
 * opaque marks of all types anywhere in a layer, paths that come again as something else, hard links to files
 * of this layer and of lower ones, files below links and below folders that are not listed, devices, AUFS's
 * own files, and names in several spellings. Entries that no program could unpack are left out, but for some
 * stacks.
 */
export const anyStack: fc.Arbitrary<CraftedStack> = fc
  .tuple(
    fc.array(fc.array(seed, { maxLength: 9 }), { minLength: 1, maxLength: 4 }),
    fc.integer({ min: 0, max: 19 }),
  )
  .map(([layers, keepRefused]) => {
    const paths: string[] = [];
    const tree = new ReferenceTree();
    return layers.map((seeds) => {
      tree.startLayer();
      return seeds.flatMap((one, at) => {
        const entry = craft(one, paths, at);
        try {
          tree.add(entry);
        } catch (thrown) {
          if (!(thrown instanceof Refused)) throw thrown;
          if (keepRefused !== 0) return [];
        }
        paths.push(entry.path);
        return [entry];
      });
    });
  });

function craft(one: Seed, paths: readonly string[], at: number): CraftedEntry {
  const { kind, mode, uid, text, spell, target } = one;
  const folder = one.path.slice(0, Math.max(0, one.path.lastIndexOf('/') + 1));
  const last = one.path.slice(folder.length);
  const other = paths.length === 0 ? one.path : (paths[target % paths.length] ?? '');
  const plain = { mode, uid, linkname: '', content: '', device: [0, 0] as const };
  // Each content is a file of its own.
  const content = `${one.path} ${target} ${at} ${paths.length}`;
  switch (kind) {
    case 'file':
      return { ...plain, path: spell(one.path), type: 'file', content };
    case 'folder':
      return { ...plain, path: `${spell(one.path)}/`, type: 'directory' };
    case 'symlink':
      return { ...plain, path: spell(one.path), type: 'symlink', linkname: text };
    case 'hardlink':
      return { ...plain, path: spell(one.path), type: 'hardlink', linkname: other };
    case 'device':
      return { ...plain, path: spell(one.path), type: 'char', device: [1, 3] };
    case 'zero':
      return { ...plain, path: spell(one.path), type: 'char' };
    case 'plnk':
      return { ...plain, path: spell(`.wh..wh.plnk/${last}`), type: 'file', content };
    default: {
      const marked = kind === 'opaque' ? `${one.path}/.wh..wh..opq` : `${folder}.wh.${last}`;
      return { ...plain, path: spell(marked), type: one.type, linkname: isLink(one.type) ? other : '' };
    }
  }
}

const isLink = (type: TarType): boolean => type === 'symlink' || type === 'hardlink';
