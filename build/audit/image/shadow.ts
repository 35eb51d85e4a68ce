import type { Mount, RuntimeConfig, Supervision } from '../../../lib/bundle/bundle.ts';
import { guestPaths } from '../../../lib/bundle/bundle.ts';
import type { Spec, SpecMount } from '../../spec/oci/oci-runtime.ts';
import type { ImageBundle } from './read-bundles.ts';

/** A bundle beside that of the audited entry: the same confinement, with the probe as its program. */
export interface Shadow {
  /** The name of its service: `probe-web`. */
  readonly name: string;
  /** `containers/services/probe-web` */
  readonly folder: string;
  readonly config: Spec;
  readonly runtime: RuntimeConfig;
}

export interface ShadowScope {
  /** The id of the layer that the shadows' bundles are in. */
  readonly layer: string;
  /** The layers of the probe, lowest first. */
  readonly probe: readonly string[];
  /** The command of the probe in the container; of a shadow without its last argument. */
  readonly command: readonly string[];
  /** The services of the image: the probe attacks while they run. */
  readonly services: readonly string[];
}

/** Where the probe, and the runtime that it brings, lie in the container. */
export const probeFolder = '.kit-audit';

/** Node alone takes 45 MiB. */
const leastMemory = 160 << 20;

/**
 * The shadow of an entry. Everything that confines it stays: user, capabilities, seccomp filter, namespaces,
 * mounts, masked paths, limits. What is different: the program; the environment's NODE_OPTIONS; the name of
 * its cgroup; its memory limit, if Node does not fit in; one more read-only mount, with the probe; and what
 * the entry's own runtime.json changes outside its own folder is not done a second time; no rules of
 * Landlock, which would keep the probe from what it looks at. Pure.
 */
export function shadowOf(bundle: ImageBundle, name: string, scope: ShadowScope): Shadow {
  const folder = `containers/services/${name}`;
  const { config, runtime } = bundle;
  const moved = (text: string): string => movedPath(text, bundle.folder, folder, scope.layer);
  const moveBind = <T extends SpecMount>(mount: T): T => movedBind(mount, bundle.folder, folder);
  const { binds } = runtime.kit;
  const mounts = runtime.mounts
    .filter(({ destination }) => isOwn(destination, bundle.folder))
    .map((mount) => movedMount(mount, moved));
  return {
    ...{ name, folder },
    config: shadowConfig({ ...config, mounts: config.mounts.map(moveBind) }, name, scope),
    runtime: {
      ...runtime,
      // First the root file system, then the probe in it.
      mounts: [...mounts, probeMount(folder, scope)],
      interfaces: [],
      bindNS: noNamespaces,
      kit: { ...supervision(runtime.kit, scope), ...(binds && { binds: binds.map(moveBind) }) },
    },
  };
}

const noNamespaces: RuntimeConfig['bindNS'] = {
  ...{ cgroup: '', ipc: '', mnt: '', net: '', pid: '', user: '', uts: '' },
};

function shadowConfig(config: Spec, name: string, { command }: ShadowScope): Spec {
  const { process, linux } = config;
  const env = process.env?.filter((pair) => !pair.startsWith('NODE_OPTIONS='));
  return {
    ...config,
    process: { ...process, args: [...command, 'service'], ...(env && { env }) },
    linux: {
      ...linux,
      resources: enoughMemory(linux.resources),
      ...(linux.cgroupsPath && { cgroupsPath: `/svc/${name}` }),
    },
  };
}

function enoughMemory(resources: Spec['linux']['resources']): Spec['linux']['resources'] {
  const { memory } = resources as { readonly memory?: Readonly<Record<string, number>> };
  const { limit } = memory ?? {};
  if (typeof limit !== 'number' || limit <= 0 || limit >= leastMemory) return resources;
  return { ...resources, memory: { limit: leastMemory } };
}

function supervision(kit: Supervision, { services }: ShadowScope): Supervision {
  return {
    ...kit,
    ...{ restart: 'no', after: [...services], ready: null },
    ...{ stopSignal: 'SIGKILL', stopTimeoutMs: 1000, onFailure: 'continue', timeoutMs: 0 },
  };
}

const isOwn = (destination: string, folder: string): boolean =>
  !destination.startsWith('/') || destination.startsWith(`/${folder}/`);

function movedMount(mount: Mount, moved: (text: string) => string): Mount {
  const { destination, source, options } = mount;
  return { ...mount, destination: moved(destination), source: moved(source), options: options.map(moved) };
}

/** Paths of the bundle's folder become those of the shadow's; its `lower` is in the layer of the shadows. */
function movedPath(text: string, from: string, to: string, layer: string): string {
  return text
    .replaceAll(`${guestPaths.layers}/top/${from}/lower`, `${guestPaths.layers}/${layer}/${to}/lower`)
    .replaceAll(`/${from}/`, `/${to}/`);
}

/** The binds of an entry with user ids of its own are mounts of its own, in a folder of its own. */
function movedBind<T extends SpecMount>(mount: T, from: string, to: string): T {
  const [old, fresh] = [from, to].map((folder) => `${folder.replace(/^containers/, guestPaths.binds)}/`);
  const moved = (path: string): string =>
    old !== undefined && path.startsWith(old) ? `${fresh}${path.slice(old.length)}` : path;
  return { ...mount, source: moved(mount.source), destination: moved(mount.destination) };
}

function probeMount(folder: string, { probe }: ShadowScope): Mount {
  const lower = probe.toReversed().map((id) => `${guestPaths.layers}/${id}`);
  return {
    ...{ destination: `/${folder}/rootfs/${probeFolder}`, type: 'overlay', source: 'overlay' },
    options: [`lowerdir=${lower.join(':')}`, 'ro'],
  };
}
