import type { Settled } from '../settle.ts';
import type { Device, DeviceRule } from './oci-runtime.ts';

type Devices = Settled['devices'];

/** Device nodes to make; `path: all` is a rule only. */
export function deviceNodes(devices: Devices): Device[] {
  return devices
    .filter(({ path }) => path !== 'all')
    .map(({ path, type, major = 0, minor = 0, mode = '0' }) => {
      return { path, type, major, minor, fileMode: Number.parseInt(mode, 8) };
    });
}

/** What the device cgroup has to allow for them; it knows neither fifos nor `u`, the other name of `c`. */
export function deviceRules(devices: Devices): DeviceRule[] {
  return devices.filter(({ type }) => type !== 'p').map(rule);
}

function rule({ path, type, major = 0, minor = 0 }: Devices[number]): DeviceRule {
  const allowed = { allow: true, type: type === 'u' ? 'c' : type };
  return path === 'all' ? { ...allowed, access: 'rwm' } : { ...allowed, major, minor, access: 'rwm' };
}
