import type { Supervision } from '../../../lib/bundle/bundle.ts';
import { machineMemoryLimit, type ReadText } from '../../../lib/bundle/memory-limit.ts';
import { readTextOrEmpty } from '../usage/cgroup.ts';
import type { ServiceSpec } from './service-spec.ts';

/** The spec with the machine's default limit of memory, if the bundle leaves that to it. */
export function withMemoryLimit(
  spec: ServiceSpec,
  { limitMemory }: Pick<Supervision, 'limitMemory'>,
  read: ReadText = readTextOrEmpty,
): ServiceSpec {
  const { linux } = spec;
  if (!limitMemory || !linux?.cgroupsPath) return spec;
  const limit = machineMemoryLimit(read);
  if (limit === undefined) return spec;
  const { resources = {} } = linux;
  return {
    ...spec,
    linux: { ...linux, resources: { ...resources, memory: { ...resources.memory, limit } } },
  };
}
