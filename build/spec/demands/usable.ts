import type { Spec } from '../oci/oci-runtime.ts';
import { withUsableMounts } from './mounts.ts';
import { withNumberedFiles } from './open-files.ts';
import { withUsableResources } from './resources.ts';

/**
 * The spec with values that mean the same and that crun, runc and the kernel accept: LinuxKit's configs, and
 * those of Docker and Podman, have some that only cgroup v1 or a lenient runtime takes.
 * @param openFiles fs.nr_open
 */
export function withUsableValues(spec: Spec, openFiles: number): Spec {
  const { linux } = spec;
  const usable = { ...spec, linux: { ...linux, resources: withUsableResources(linux.resources) } };
  return withNumberedFiles(withUsableMounts(usable), openFiles);
}
