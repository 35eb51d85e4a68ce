import type { EffectiveEntry } from '../effective-entry.ts';
import type { DeviceRule, Spec } from '../oci/oci-runtime.ts';
import { powersOf } from './powers.ts';

/**
 * The default /sys read-only: uid 0 may write much there without any capability, such as uevent_helper, which
 * the kernel runs as root of the machine. A mount of the entry's own is as the entry has it.
 */
export function withReadonlySys(spec: Spec, entry: EffectiveEntry): Spec {
  if (powersOf(entry).administrator || mountsSys(entry)) return spec;
  const mounts = spec.mounts.map((mount) => {
    const { destination, type, options = [] } = mount;
    const isWritable = destination === '/sys' && type === 'sysfs' && !options.includes('ro');
    return isWritable ? { ...mount, options: [...options, 'ro'] } : mount;
  });
  return { ...spec, mounts };
}

const mountsSys = ({ mounts }: EffectiveEntry): boolean =>
  mounts.some(({ destination, type, source }) =>
    destination ? destination === '/sys' : type === 'sysfs' || source === 'sysfs',
  );

/**
 * The rule that no device may be used, for those of the entry to be added to. An OCI runtime adds the ten
 * that every container has: null, zero, full, random, urandom, tty, console, ptmx and those of /dev/pts.
 */
export function withDeviceRules(spec: Spec): Spec {
  const { linux } = spec;
  const none: DeviceRule = { allow: false, access: 'rwm' };
  const devices = [none, ...(linux.resources.devices ?? [])];
  return { ...spec, linux: { ...linux, resources: { ...linux.resources, devices } } };
}
