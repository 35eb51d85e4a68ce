import type { BundleSpec } from '../../spec/bundle.ts';

/** A mount of a container. */
export interface ContainerMount {
  /** Absolute path in the container. */
  readonly destination: string;
  /** Decides whether the mount point is a file or a folder. */
  readonly source: string;
  readonly isBind: boolean;
}

/** What must be there before a container starts. */
export interface ContainerPlaces {
  readonly mounts: readonly ContainerMount[];
  /** The working folder, absolute. */
  readonly cwd: string;
}

/**
 * Those of config.json, and the mounts and folders that the init makes inside the container's root for
 * runtime.json.
 */
export function containerPlaces({ spec, runtime }: Pick<BundleSpec, 'spec' | 'runtime'>): ContainerPlaces {
  const inside = [
    ...runtime.mounts,
    ...runtime.mkdir.map((destination) => ({ destination, source: '', type: '' })),
  ].filter(({ destination }) => !destination.startsWith('/'));
  const mounts = [...spec.mounts, ...inside].map(({ destination, source = '', type }) => ({
    destination: `/${destination.replace(/^\/+/, '')}`,
    source,
    isBind: type === 'bind',
  }));
  return { mounts, cwd: spec.process.cwd };
}

/** Whether a path lies inside a mount: there the OCI runtime makes what is missing. */
export const isInMount = (path: string, mounts: readonly ContainerMount[]): boolean =>
  mounts.some(({ destination }) => path.startsWith(`${destination}/`));
