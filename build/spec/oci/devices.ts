import type { MachineDevice } from '../../../lib/bundle/bundle.ts';
import type { EffectiveEntry } from '../effective-entry.ts';
import type { Device, DeviceRule } from './oci-runtime.ts';

type Devices = EffectiveEntry['devices'];

/** Whether its numbers are those of the machine's device, which only the machine knows. */
export const isOfMachine = ({ path, type, major, minor }: Devices[number]): boolean =>
  path !== 'all' && type !== 'p' && type !== 'a' && major === undefined && minor === undefined;

/** What is left to the machine, for runtime.json. */
export function machineDevices(devices: Devices): MachineDevice[] {
  return devices.filter(isOfMachine).map(({ path, type, mode = '0' }) => {
    return { path, type: type === 'b' ? 'b' : 'c', mode: Number.parseInt(mode, 8) };
  });
}

/** The device nodes. `path: all` gives only a cgroup rule, not a node. */
export function deviceNodes(devices: Devices): Device[] {
  return devices
    .filter(({ path }) => path !== 'all')
    .map(({ path, type, major = 0, minor = 0, mode = '0' }) => {
      return { path, type, major, minor, fileMode: Number.parseInt(mode, 8) };
    });
}

/** The device cgroup rules. The kernel has none for FIFOs, and accepts `c` but not its alias `u`. */
export function deviceRules(devices: Devices): DeviceRule[] {
  return devices.filter(({ type }) => type !== 'p').map(rule);
}

function rule({ path, type, major = 0, minor = 0 }: Devices[number]): DeviceRule {
  const allowed = { allow: true, type: type === 'u' ? 'c' : type };
  return path === 'all' ? { ...allowed, access: 'rwm' } : { ...allowed, major, minor, access: 'rwm' };
}
