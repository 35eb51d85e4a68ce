import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { debianSource } from '../../../build/debian/source.ts';
import { kitNode } from '../../../build/host/kit-node.ts';
import { testWork } from '../../../build/testing.ts';
import { loaders } from '../../../build/tools/command.ts';
import { debianTree } from '../../../build/tools/tree.ts';
import type { Work } from '../../../build/work.ts';

/** What the addon of Jazzer.js links to. */
const source = debianSource({
  packages: ['libc6', 'libstdc++6'],
  keep: ['libc6', 'libgcc-s1', 'libstdc++6'],
});

/**
 * A script in the folder that runs kit's Node with libraries of Debian: the addon of Jazzer.js needs a glibc
 * of 2.38 or newer, and the host may have an older one. It is a script because Jazzer.js must be able to
 * start itself by one word; ld-linux, which Node takes for its own program, could not.
 */
export async function nodeScript(folder: string, work: Work = testWork()): Promise<string> {
  const lock = join(import.meta.dirname, 'libraries.lock.json');
  const tree = await debianTree('libraries for fuzzing', source, lock, work);
  const { loader, libraries } = loaders[tree.arch];
  const words = [
    ...[join(tree.dir, loader), '--library-path', join(tree.dir, libraries)],
    ...[kitNode(), '--max-old-space-size=1024', '--disable-warning=ExperimentalWarning'],
  ];
  const file = join(folder, 'node');
  writeFileSync(file, `#!/bin/sh\nexec ${words.map(quoted).join(' ')} "$@"\n`);
  chmodSync(file, 0o700);
  return file;
}

const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;
