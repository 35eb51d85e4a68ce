import { inspectFolder, inspectFolderOf, type Mount } from '../../lib/bundle/bundle.ts';
import { nodePath } from './node-paths.ts';
import type { Spec, SpecMount } from './oci/oci-runtime.ts';

/** Whether the service is a Node program that a debugger can be let into. */
export const isNodeProgram = ({ process }: Spec): boolean => process.args[0] === nodePath;

/** The door for debuggers, as the container sees it. */
export function inspectorBind(name: string): SpecMount {
  const options = ['rbind', 'rprivate', 'nosuid', 'nodev', 'noexec'];
  return { destination: inspectFolder, type: 'bind', source: inspectFolderOf(name), options };
}

/** The file system behind it: of a few pages, so that a service cannot fill the machine's /run with it. */
export function inspectorMount(name: string, { process, linux }: Spec): Mount {
  const uid = hostId(process.user.uid, linux.uidMappings);
  const options = ['nosuid', 'nodev', 'noexec', 'size=16k', 'mode=700', `uid=${uid}`];
  return { destination: inspectFolderOf(name), type: 'tmpfs', source: 'tmpfs', options };
}

/** What a user id of the container is outside its user namespace (user_namespaces(7)). */
function hostId(id: number, mappings: Spec['linux']['uidMappings'] = []): number {
  const range = mappings.find(({ containerID, size }) => id >= containerID && id < containerID + size);
  return range ? range.hostID + (id - range.containerID) : id;
}
