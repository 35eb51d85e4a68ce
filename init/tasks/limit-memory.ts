import { join } from 'node:path';
import { machineMemoryLimit } from '../../lib/bundle/memory-limit.ts';
import type { Bundle } from '../../lib/bundle/read.ts';
import { parseExactJson } from '../../lib/json/exact-json.ts';
import { cgroupRoot } from '../../lib/linux/process/cgroup.ts';
import type { GuestSystem } from '../system/system.ts';

interface SpecWithCgroup {
  readonly linux?: { readonly cgroupsPath?: string };
}

/**
 * Makes the container's cgroup with the machine's default limit of memory, if the bundle leaves that to it.
 * The OCI runtime takes the cgroup as it is, since config.json has no limit, and removes it at the end.
 */
export function limitMemory({ dir, runtime }: Bundle, { files, makeCgroup }: GuestSystem): void {
  if (!runtime.kit.limitMemory) return;
  const limit = machineMemoryLimit((path) => files.read(path) ?? '');
  const { linux }: SpecWithCgroup = parseExactJson(files.read(join(dir, 'config.json')) ?? '{}');
  if (limit === undefined || !linux?.cgroupsPath) return;
  makeCgroup(linux.cgroupsPath);
  files.write(join(cgroupRoot, linux.cgroupsPath, 'memory.max'), String(limit));
}
