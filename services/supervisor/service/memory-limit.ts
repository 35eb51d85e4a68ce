import { join } from 'node:path';
import type { Supervision } from '../../../lib/bundle/bundle.ts';
import { defaultMemoryLimit } from '../../../lib/bundle/memory-limit.ts';
import { cgroupRoot } from '../../../lib/linux/process/cgroup.ts';
import { readTextOrEmpty } from '../usage/cgroup.ts';
import type { ServiceSpec } from './service-spec.ts';

/** Reads the text of a file; empty if there is none. */
type Read = (path: string) => string;

/**
 * The spec with the machine's default limit of memory, if the bundle leaves that to it. Not where there is no
 * controller of memory, in a container: an OCI runtime would not start the service.
 */
export function withMemoryLimit(
  spec: ServiceSpec,
  { limitMemory }: Pick<Supervision, 'limitMemory'>,
  read: Read = readTextOrEmpty,
): ServiceSpec {
  const { linux } = spec;
  if (!limitMemory || !linux?.cgroupsPath) return spec;
  if (!read(join(cgroupRoot, 'cgroup.controllers')).split(/\s+/).includes('memory')) return spec;
  const limit = defaultMemoryLimit(read('/proc/meminfo'), read(join(cgroupRoot, 'memory.max')));
  if (limit === undefined) return spec;
  const { resources = {} } = linux;
  return {
    ...spec,
    linux: { ...linux, resources: { ...resources, memory: { ...resources.memory, limit } } },
  };
}
