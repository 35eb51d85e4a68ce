import { inspectFolder, inspectFolderOf, type Mount } from '../../lib/bundle/bundle.ts';
import { nodePath } from './node-paths.ts';
import type { Spec, SpecMount } from './oci/oci-runtime.ts';

/** Whether the service is a Node program, to which `kit debug` can attach. */
export const isNodeProgram = ({ process }: Spec): boolean => process.args[0] === nodePath;

/** The directory of the inspector's socket, in the container. */
export function inspectorBind(name: string): SpecMount {
  const options = ['rbind', 'rprivate', 'nosuid', 'nodev', 'noexec'];
  return { destination: inspectFolder, type: 'bind', source: inspectFolderOf(name), options };
}

/** Its file system: a tmpfs of a few pages, so that a service cannot fill the machine's /run. */
export function inspectorMount(name: string, { process, linux }: Spec): Mount {
  // In a user namespace of its own, the folder is shown with the container's owners.
  const joined = linux.namespaces.some(({ type, path }) => type === 'user' && path !== undefined);
  const uid = joined ? hostId(process.user.uid, linux.uidMappings) : process.user.uid;
  const options = ['nosuid', 'nodev', 'noexec', 'size=16k', 'mode=700', `uid=${uid}`];
  return { destination: inspectFolderOf(name), type: 'tmpfs', source: 'tmpfs', options };
}

/** The host uid that a uid of the container maps to (user_namespaces(7)). */
function hostId(id: number, mappings: Spec['linux']['uidMappings'] = []): number {
  const range = mappings.find(({ containerID, size }) => id >= containerID && id < containerID + size);
  return range ? range.hostID + (id - range.containerID) : id;
}
