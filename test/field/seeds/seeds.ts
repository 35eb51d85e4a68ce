import { mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { runTool } from '../../../build/tools/command.ts';
import type { Tools } from '../../../build/tools/tree.ts';
import { applyMetadata } from '../../../services/metadata/apply-metadata.ts';
import { providersOf } from '../../../services/metadata/providers.ts';
import { readTrust } from '../../../services/metadata/trust/trust.ts';
import { removeTree } from '../../support/needs.ts';
import { seedTools } from './tools.ts';

export const key =
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIB00000000000000000000000000000000000000000000 me@example';

/** The files of an ordinary seed. */
export const nocloud = {
  'user-data': `#cloud-config\nssh_authorized_keys:\n  - ${key}\n`,
  'meta-data': 'instance-id: i-007\nlocal-hostname: from-meta-data\n',
};

/** What a machine takes of `nocloud`. */
export const taken = {
  lines: ['metadata from CDROM: instance_id, hostname, userdata, ssh/authorized_keys'],
  ok: true,
  files: {
    ...{ provider: 'CDROM', instance_id: 'i-007', hostname: 'from-meta-data' },
    ...{ userdata: nocloud['user-data'], 'ssh/authorized_keys': `${key}\n` },
  },
};

export interface Seeds extends Disposable {
  readonly folder: string;
  /** Runs a program of the tree, in `folder`; resolves to its stdout. */
  run(program: string, ...args: readonly string[]): Promise<string>;
  /** The same with this stdin. */
  runWith(input: string, program: string, ...args: readonly string[]): Promise<string>;
  /** A new folder below `folder` with these files; resolves to its name. */
  files(contents: Readonly<Record<string, string | Buffer>>): string;
  /** What kit's metadata program makes of a volume of `folder`: what it says, and writes to /run/config. */
  apply(volume: string): Promise<{ lines: string[]; ok: boolean; files: Record<string, string> }>;
}

/**
 * Takes the descriptors of ISO 9660 (ECMA-119, 8.1) out of a bridge that genisoimage made: what is left is
 * UDF alone, as Azure's discs are.
 */
export function withoutIso9660(path: string): void {
  const bytes = readFileSync(path);
  for (let at = 16 * 2048; bytes.toString('latin1', at + 1, at + 6) === 'CD001'; at += 2048)
    bytes.fill(0, at, at + 2048);
  writeFileSync(path, bytes);
}

/** A temporary folder for seeds and for what machines make of them. */
export async function seeds(tools: () => Promise<Tools> = seedTools): Promise<Seeds> {
  const tree = await tools();
  const folder = mkdtempSync(join(tmpdir(), 'seeds-'));
  const newFolder = (): string => mkdtempSync(join(folder, 'f-'));
  const run = async (input: string, program: string, args: readonly string[]): Promise<string> => {
    // Scripts find wrappers of the tree's programs in `folder` first.
    const path = { PATH: `${folder}:/usr/bin:/bin` };
    const env = { MTOOLS_SKIP_CHECK: '1', PYTHONHOME: join(tree.dir, 'usr'), TMPDIR: folder, ...path };
    const { signal } = new AbortController();
    return (await runTool(tree, program, args, { signal, cwd: folder, env, input })).stdout;
  };
  return {
    folder,
    run: (program, ...args) => run('', program, args),
    runWith: (input, program, ...args) => run(input, program, args),
    files(contents) {
      const place = newFolder();
      for (const [path, content] of Object.entries(contents)) {
        mkdirSync(join(place, path, '..'), { recursive: true });
        writeFileSync(join(place, path), content);
      }
      return relative(folder, place);
    },
    async apply(volume) {
      const config = newFolder();
      const path = join(folder, volume);
      const { lines, ok } = await applyMetadata(providersOf([`cdrom=${path}`], readTrust({})), config);
      const names = readdirSync(config, { recursive: true }).map(String);
      const files = names.filter((name) => statSync(join(config, name)).isFile());
      return {
        lines: lines.map((line) => line.replaceAll(path, 'VOLUME')),
        ok,
        files: Object.fromEntries(files.map((name) => [name, readFileSync(join(config, name), 'utf8')])),
      };
    },
    [Symbol.dispose]: () => removeTree(folder),
  };
}
