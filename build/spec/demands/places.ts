import type { EffectiveEntry } from '../effective-entry.ts';
import { isPropagation, propagations } from '../oci/propagation.ts';
import type { Refusal, Subject } from './demand.ts';

/** The identifiers of containerd (identifiers.Validate). */
const identifier = /^(?=.{1,76}$)[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*$/;

/** Control groups, propagation, and what init prepares for the container. */
export function placeDemands({ entry }: Subject): Refusal[] {
  const { namespace } = entry.runtime;
  const odd: Refusal[] =
    namespace === '' || identifier.test(namespace)
      ? []
      : [
          [
            ['runtime', 'namespace'],
            `"${namespace}" is no namespace of containerd: letters and digits, with single ".", "_", "-" between`,
          ],
        ];
  return [
    ...ofCgroup(entry),
    ...ofPropagation(entry),
    ...ofFolders(entry),
    ...ofInterfaces(entry),
    ...ofHandler(entry),
    ...odd,
  ];
}

function ofCgroup({ cgroupsPath, runtime }: EffectiveEntry): Refusal[] {
  const own = /^\/+$/.test(cgroupsPath) ? 'is that of the machine' : wrongCgroup(cgroupsPath);
  const others = runtime.cgroups.flatMap((path, at): Refusal[] => {
    const why = wrongCgroup(path);
    return why ? [[['runtime', 'cgroups', at], `the cgroup "${path}" ${why}`]] : [];
  });
  return own ? [[['cgroupsPath'], `the cgroup "${cgroupsPath}" ${own}`], ...others] : others;
}

/** NAME_MAX of limits.h: 255. */
function wrongCgroup(path: string): string | undefined {
  const parts = path.split('/');
  if (parts.includes('..')) return 'must not contain ".."';
  return parts.some((part) => Buffer.byteLength(part) > 255)
    ? 'has a name of more than 255 bytes'
    : undefined;
}

function ofPropagation({ rootfsPropagation: word }: EffectiveEntry): Refusal[] {
  if (word === '' || isPropagation(word)) return [];
  return [
    [['rootfsPropagation'], `there is no mount propagation "${word}"`, `one of ${propagations.join(', ')}`],
  ];
}

function ofFolders({ runtime }: EffectiveEntry): Refusal[] {
  const folders = runtime.mkdir.flatMap((path, at): Refusal[] =>
    path.split('/').includes('..')
      ? [[['runtime', 'mkdir', at], `the folder "${path}" must not contain ".."`]]
      : [],
  );
  const namespaces = Object.entries(runtime.bindNS).flatMap(([key, path]): Refusal[] =>
    path === '' || path.startsWith('/')
      ? []
      : [[['runtime', 'bindNS', key], `the path "${path}" must be absolute`, `${key}: /run/netns/${path}`]],
  );
  return [...folders, ...namespaces];
}

/** IFNAMSIZ of linux/if.h, with the byte that ends a name; dev_valid_name of net/core/dev.c. */
const isInterfaceName = (name: string): boolean =>
  Buffer.byteLength(name) < 16 && /^[^\s/:]+$/.test(name) && name !== '.' && name !== '..';

function ofInterfaces({ runtime }: EffectiveEntry): Refusal[] {
  return runtime.interfaces.flatMap(({ name = '', peer }, at): Refusal[] => {
    const odd = [name, ...(peer === undefined ? [] : [peer])].find((one) => !isInterfaceName(one));
    if (odd === undefined) return [];
    const why = odd === '' ? 'an interface needs a "name"' : `"${odd}" is no name of an interface`;
    return [[['runtime', 'interfaces', at], why, 'at most 15 bytes, without spaces, ":" and "/"']];
  });
}

/** crun as Debian builds it has no handlers: it would look for their libraries. */
function ofHandler({ annotations, ociRuntime }: EffectiveEntry): Refusal[] {
  const handler = annotations['run.oci.handler'];
  if (ociRuntime !== 'crun' || handler === undefined) return [];
  return [[['annotations', 'run.oci.handler'], `pkg/crun has no handler "${handler}"`]];
}
