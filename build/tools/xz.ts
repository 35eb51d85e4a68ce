import { xzDecompressed } from '../binary/xz/xz.ts';
import { newestPackages } from '../debian/archive/newest.ts';
import type { Xz } from '../debian/deb.ts';
import { debianSource } from '../debian/source.ts';
import { dataFile } from '../host/paths.ts';
import { programOutput } from '../host/program.ts';
import type { Work } from '../work.ts';
import { toolCommand } from './command.ts';
import { makeTree } from './make-tree.ts';

/** xz(1). Of its packages' dependencies it uses nothing else. */
const source = debianSource({ packages: ['libc6', 'liblzma5', 'xz-utils'], depends: false });

const lockFile = dataFile('build/tools/xz.lock.json');

/**
 * Debian's xz, from a tree of its own. That is unpacked by a decompressor in WebAssembly, which takes two to
 * three times as long and works on one archive at a time.
 */
export async function xzOf(work: Work): Promise<Xz> {
  const { signal } = work;
  const own = async (): Promise<Xz> => xzDecompressed;
  const tools = await makeTree('tool xz', { source, lockFile, resolve: newestPackages, xz: own }, work);
  const { file, args, env } = toolCommand(tools, 'xz', ['--decompress', '--stdout', memoryLimit]);
  return (input) => programOutput(file, args, { signal, env, alone: true, input });
}

/** Eight times what the strongest preset of xz needs. */
const memoryLimit = '--memlimit-decompress=512MiB';
