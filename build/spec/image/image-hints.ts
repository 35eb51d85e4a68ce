import { posix } from 'node:path';
import type { RunConfig } from '../../../lib/oci/types.ts';
import { healthcheckFault } from './healthcheck.ts';

/** What an image says of itself that becomes no field of an entry. */
export interface ImageHints {
  /** The ports that its program listens on: `80/tcp`, `8000-8010/udp`. */
  readonly ports: readonly string[];
  /** Absolute paths that its program writes to. */
  readonly volumes: readonly string[];
  /** Sentences about what is not obeyed or not understood. */
  readonly missed: readonly string[];
}

/** As many of each as anybody would read. */
const most = 50;

export function imageHints(image: RunConfig): ImageHints {
  const { ExposedPorts = {}, Volumes = {}, missed = [] } = image;
  const ports = Object.keys(ExposedPorts).slice(0, most);
  const volumes = Object.keys(Volumes).slice(0, most);
  const fault = healthcheckFault(image);
  return {
    ports: [...new Set(ports.flatMap((text) => portOf(text) ?? []))],
    volumes: [...new Set(volumes.flatMap((path) => volumeOf(path) ?? []))],
    missed: [
      ...missed,
      ...(fault === undefined ? [] : [fault]),
      ...unknown('ExposedPorts', ports, portOf, 'a port'),
      ...unknown('Volumes', volumes, volumeOf, 'a path that kit makes writable'),
    ],
  };
}

function unknown(
  field: string,
  values: readonly string[],
  read: (text: string) => string | undefined,
  what: string,
): string[] {
  const odd = values.filter((text) => read(text) === undefined);
  return odd.map((text) => `${field} has ${JSON.stringify(text.slice(0, 80))}, which is not ${what}`);
}

/** `80` is TCP (moby's nat.ParsePortSpec). */
function portOf(text: string): string | undefined {
  const [, first = '', last = first, protocol = 'tcp'] =
    /^(\d{1,5})(?:-(\d{1,5}))?(?:\/(tcp|udp|sctp))?$/i.exec(text) ?? [];
  const isRange = Number(first) >= 1 && Number(first) <= Number(last) && Number(last) <= 65_535;
  if (!isRange) return undefined;
  const ends = [...new Set([Number(first), Number(last)])];
  return `${ends.join('-')}/${protocol.toLowerCase()}`;
}

/** Relative paths and the root are refused by Docker, too; what the kernel shows is no place for files. */
function volumeOf(text: string): string | undefined {
  const path = posix.normalize(text).replace(/(?<=.)\/$/, '');
  const isPlace = path.startsWith('/') && path !== '/' && !/^\/(?:dev|proc|sys)(?:\/|$)/.test(path);
  return isPlace && !/[\0:,]/.test(path) ? path : undefined;
}
