import { readdirSync, readFileSync } from 'node:fs';

/**
 * The device of the virtio-serial port of that name: `/dev/vport1p1`. Undefined if there is none, or its
 * driver is not loaded yet.
 */
export function virtioPortDevice(name: string, ports = '/sys/class/virtio-ports'): string | undefined {
  try {
    const port = readdirSync(ports).find(
      (one) => readFileSync(`${ports}/${one}/name`, 'utf8').trim() === name,
    );
    return port === undefined ? undefined : `/dev/${port}`;
  } catch {
    // No driver, or a port was just removed.
    return undefined;
  }
}
