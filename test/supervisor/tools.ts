import { join } from 'node:path';
import { debianSource } from '../../build/debian/source.ts';
import { cacheDir } from '../../build/paths.ts';
import { silent } from '../../build/progress.ts';
import { debianTree, type Tools } from '../../build/tools/tree.ts';

const source = debianSource({ packages: ['containerd', 'crun', 'busybox-static', 'protobuf-compiler'] });

/** What a guest has and a host may not: containerd, crun and busybox as in pkg/, to be run natively; and protoc. */
export function supervisorTools(): Promise<Tools> {
  return debianTree('tools of the supervisor tests', source, join(import.meta.dirname, 'debian.lock.json'), {
    cacheDir: cacheDir(process.env),
    env: process.env,
    signal: AbortSignal.timeout(300_000),
    progress: silent,
    arch: process.arch === 'arm64' ? 'arm64' : 'amd64',
    locked: false,
  });
}
