import { readdirSync, type Stats, statSync } from 'node:fs';
import { posix } from 'node:path';
import type { MachineDevice, Supervision } from '../../../lib/bundle/bundle.ts';
import { virtioPortDevice } from '../../../lib/linux/io/virtio-port.ts';
import { deviceNumbers } from '../../../lib/linux/mount/device-node.ts';
import type { ServiceSpec } from './service-spec.ts';

/** Of what one path matches: a machine has a few clocks or ports. */
const mostDevices = 32;

/**
 * The spec with the devices whose numbers the manifest leaves to the machine: the kernel gives most drivers
 * theirs at the boot. What is not there, or of another type, is left out.
 */
export function withMachineDevices(
  spec: ServiceSpec,
  { devices = [] }: Pick<Supervision, 'devices'>,
): ServiceSpec {
  const nodes = devices.flatMap(nodesOf);
  if (nodes.length === 0) return spec;
  const { linux = {} } = spec;
  const { resources = {} } = linux;
  const rules = nodes.map(({ fileMode, type, major, minor }) => {
    return { allow: true, type, major, minor, access: fileMode & 0o222 ? 'rw' : 'r' };
  });
  return {
    ...spec,
    linux: {
      ...linux,
      devices: [...(linux.devices ?? []), ...nodes.map((node) => ({ ...node, uid: 0, gid: 0 }))],
      resources: { ...resources, devices: [...(resources.devices ?? []), ...rules] },
    },
  };
}

interface Node {
  readonly path: string;
  readonly type: MachineDevice['type'];
  readonly major: number;
  readonly minor: number;
  readonly fileMode: number;
}

function nodesOf({ path, type, mode }: MachineDevice): Node[] {
  return pathsOf(path).flatMap((found) => {
    const stats = statSync(deviceOf(found), { throwIfNoEntry: false });
    if (!stats || !isOfType(stats, type)) return [];
    return [{ path: found, type, ...deviceNumbers(stats.rdev), fileMode: mode }];
  });
}

/**
 * `/dev/virtio-ports/NAME`, which systemd's rules for devices link to a port, names that port here without a
 * link.
 */
const portFolder = '/dev/virtio-ports/';

const deviceOf = (path: string): string =>
  (path.startsWith(portFolder) && virtioPortDevice(path.slice(portFolder.length))) || path;

const isOfType = (stats: Stats, type: MachineDevice['type']): boolean =>
  type === 'b' ? stats.isBlockDevice() : stats.isCharacterDevice();

function pathsOf(path: string): string[] {
  const { dir, base } = posix.parse(path);
  if (!base.includes('*')) return [path];
  const parts = base.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  const wanted = new RegExp(`^${parts.join('.*')}$`);
  try {
    return readdirSync(dir)
      .filter((name) => wanted.test(name))
      .sort()
      .slice(0, mostDevices)
      .map((name) => posix.join(dir, name));
  } catch {
    // No such folder, and so no such device.
    return [];
  }
}
