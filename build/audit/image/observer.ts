import { guestPaths, type RuntimeConfig } from '../../../lib/bundle/bundle.ts';
import { capabilities } from '../../manifest/names.ts';
import type { Spec, SpecMount } from '../../spec/oci/oci-runtime.ts';
import type { Shadow, ShadowScope } from './shadow.ts';

/**
 * A service with every right in the machine, which sees what no shadow may: the machine's settings, all its
 * processes and ports. No other service can reach it.
 */
export function observer(name: string, { layer, probe, command, services }: ShadowScope): Shadow {
  const folder = `containers/services/${name}`;
  const lower = [`${layer}/${folder}/lower`, ...probe.toReversed()].map((id) => `${guestPaths.layers}/${id}`);
  return {
    ...{ name, folder },
    config: config(command, name),
    runtime: {
      ...{ cgroups: [], mkdir: [], interfaces: [], bindNS, namespace: 'services.linuxkit' },
      mounts: [
        {
          ...{ destination: `/${folder}/rootfs`, type: 'overlay', source: 'overlay' },
          options: [`lowerdir=${lower.join(':')}`, 'ro'],
        },
      ],
      kit: {
        ...{ restart: 'no', after: [...services], ready: null, stopSignal: 'SIGKILL', stopTimeoutMs: 1000 },
        ...{ onFailure: 'continue', timeoutMs: 0, ociRuntime: 'crun' },
      },
    },
  };
}

const bindNS: RuntimeConfig['bindNS'] = {
  ...{ cgroup: '', ipc: '', mnt: '', net: '', pid: '', user: '', uts: '' },
};

function config(args: readonly string[], name: string): Spec {
  const all = [...capabilities];
  const mount = (destination: string, type: string, ...options: string[]): SpecMount => {
    return { destination, type, source: type === 'bind' ? destination : type, options };
  };
  return {
    ociVersion: '1.2.1',
    process: {
      user: { uid: 0, gid: 0 },
      args,
      cwd: '/',
      capabilities: { bounding: all, effective: all, permitted: all },
    },
    root: { path: 'rootfs', readonly: true },
    mounts: [
      mount('/proc', 'proc', 'nosuid', 'nodev', 'noexec'),
      mount('/dev', 'bind', 'rbind', 'rslave'),
      mount('/sys', 'bind', 'rbind', 'rslave'),
    ],
    linux: {
      resources: { devices: [{ allow: true, access: 'rwm' }] },
      cgroupsPath: `/svc/${name}`,
      namespaces: [{ type: 'mount' }],
    },
  };
}
