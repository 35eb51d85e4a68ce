import type { Bundle } from '../../../lib/bundle/read.ts';
import type { Containerd, Task } from '../../../lib/containerd/client.ts';

/** The tasks of containerd in all namespaces that the bundles use. */
export async function listAllTasks(containerd: Containerd, bundles: readonly Bundle[]): Promise<Task[]> {
  const namespaces = [...new Set(bundles.map(({ runtime }) => runtime.namespace))];
  return (await Promise.all(namespaces.map((namespace) => containerd.listTasks(namespace)))).flat();
}
