import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ResolvedImage } from '../../../build/cache/stored-image.ts';
import { resolveImage } from '../../../build/images/resolve.ts';
import { parseImageRef } from '../../../build/reference/image-ref.ts';
import { testWork } from '../../../build/testing.ts';
import { runTool } from '../../../build/tools/command.ts';
import { defaultSources, type Work } from '../../../build/work.ts';
import { type TarEntry, tarEntry, textEntry } from '../../../lib/archive/tar.ts';
import { type MadeImage, makeImage, tarOf } from '../../registry/images.ts';
import { imageTools } from './tools.ts';

/** A folder with images, programs that write them, and a cache of kit. */
export interface World extends Disposable {
  readonly folder: string;
  /** Runs a program of the tree, in `folder`; resolves to its stdout. */
  run(program: string, ...args: readonly string[]): Promise<string>;
  write(path: string, bytes: string | Uint8Array): void;
  /** An archive of these entries. */
  writeTar(path: string, entries: readonly TarEntry[]): Promise<void>;
  /** The image of this reference, as a manifest in `folder` names it, in a cache of its own. */
  resolve(text: string, part?: Partial<Work>): Promise<ResolvedImage>;
}

export function makeWorld(): World {
  const folder = mkdtempSync(join(tmpdir(), 'kit images-'));
  const { signal } = new AbortController();
  const write = (path: string, bytes: string | Uint8Array): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  };
  // skopeo gives unpacked files to their owners, which only root may do for others.
  const owner = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  write('policy.json', '{"default": [{"type": "insecureAcceptAnything"}]}');
  return {
    folder,
    write,
    async run(program, ...args) {
      const own = program === 'skopeo' ? ['--policy', join(folder, 'policy.json'), '--tmpdir', folder] : [];
      const env = { HOME: folder };
      return (await runTool(await imageTools(), program, [...own, ...args], { signal, cwd: folder, env }))
        .stdout;
    },
    async writeTar(path, entries) {
      const folders = new Set(entries.flatMap((entry) => foldersAbove(entry.path)));
      const listed = [...folders].map((folder) => tarEntry({ path: folder, type: 'directory' }));
      write(path, await tarOf([...listed, ...entries].map((entry) => ({ ...entry, ...owner }))));
    },
    resolve(text, part = {}) {
      const cacheDir = mkdtempSync(join(folder, 'cache-'));
      const sources = { ...defaultSources, offline: true };
      return resolveImage(
        parseImageRef(text, { folder }),
        testWork({ cacheDir, arch: 'amd64', sources, ...part }),
      );
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** `a`, `a/b` of `a/b/c`. */
function foldersAbove(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, at) => parts.slice(0, at + 1).join('/'));
}

/** An image whose one file has this text, for an architecture. */
export async function imageOf(
  text: string,
  part: Partial<Parameters<typeof makeImage>[0]> = {},
): Promise<MadeImage> {
  const config = { Entrypoint: ['/run'], Env: [`TEXT=${text}`] };
  return makeImage({ layers: [{ tar: await tarOf([textEntry('file', text)]) }], config, ...part });
}

/** An entry of an index.json. */
export interface Listed {
  readonly image: MadeImage;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly platform?: object;
}

export const refName = 'org.opencontainers.image.ref.name';

/** The files of an OCI layout. @param lacking digests of blobs that are left out */
export function layoutOf(listed: readonly Listed[], lacking: readonly string[] = []): TarEntry[] {
  const manifests = listed.map(({ image, ...about }) => ({ ...image.descriptor, ...about }));
  const blobs = new Map(listed.flatMap(({ image }) => [...image.blobs]));
  return [
    ...[...blobs]
      .filter(([digest]) => !lacking.includes(digest))
      .map(([digest, bytes]) => textEntry(`blobs/${digest.replace(':', '/')}`, bytes)),
    textEntry('oci-layout', '{"imageLayoutVersion":"1.0.0"}'),
    textEntry('index.json', JSON.stringify({ schemaVersion: 2, manifests })),
  ];
}

/** Digests of the blobs that only `whole` has. */
export const beyond = (whole: MadeImage, ...parts: readonly MadeImage[]): string[] =>
  [...whole.blobs.keys()].filter((digest) => !parts.some(({ blobs }) => blobs.has(digest)));
