import { ARPHRD_ETHER, type Link } from '../../lib/linux/netlink/rtnetlink-link.ts';
import {
  chosenName,
  cleanHostname,
  kernelHostname,
  leasedHostname,
  metadataHostname,
} from '../../lib/net/hostname.ts';
import type { StepContext } from '../steps.ts';

/**
 * Sets the hostname from /etc/hostname, else keeps the one the kernel was given, else `kit-<mac address>`.
 */
export function setHostname({ system }: StepContext): string | undefined {
  const configured = system.files.read('/etc/hostname')?.trim() || givenToKernel(system.hostname());
  const name = configured ?? `kit-${macAddress(system.listLinks())?.replaceAll(':', '') ?? 'unnamed'}`;
  system.setHostname(name);
  return name;
}

/**
 * Of the first network card, in the order in which the kernel found them; without any, of the first other
 * Ethernet interface. The bridges and bonds of the manifest are there already: their addresses may be of
 * another card, or random.
 */
function macAddress(links: readonly Link[]): string | undefined {
  const addressed = links
    .filter(({ type, loopback, mac }) => type === ARPHRD_ETHER && !loopback && mac !== '')
    .toSorted((a, b) => a.index - b.index);
  return (addressed.find(({ kind }) => kind === '') ?? addressed[0])?.mac;
}

function givenToKernel(name: string): string | undefined {
  return name === '' || name === '(none)' || name === 'localhost' ? undefined : name;
}

/** The files in which services ask for a hostname, lowest precedence first. */
const requests = [
  // A lease names the machine only while nothing else has.
  { folder: leasedHostname.folder, file: leasedHostname.path, onlyIfUnnamed: true },
  { folder: metadataHostname.folder, file: metadataHostname.path, onlyIfUnnamed: false },
] as const;

/** Longer than every valid hostname. */
const maximalBytes = 256;

/**
 * Sets the hostname that metadata or a DHCP lease asks for. Services name the machine only in this way: it
 * requires of them neither a writable /proc/sys nor a capability, and all that one can do with it is to set a
 * valid hostname. Returns the requests that are not valid, one sentence each.
 */
export function adoptHostname({ system }: StepContext): string[] {
  return requests.flatMap(({ file, onlyIfUnnamed }) => {
    const text = system.files.readOfService(file, maximalBytes)?.trim();
    if (!text) return [];
    const name = cleanHostname(text);
    if (name === undefined) return [`Cannot use the hostname in "${file}": not a host name`];
    const current = system.hostname();
    if (onlyIfUnnamed && chosenName(current) !== undefined) return [];
    if (kernelHostname(name) !== current) system.setHostname(kernelHostname(name));
    return [];
  });
}

/** Milliseconds. A service that writes without pause makes init read this often, and no more. */
const pauseMs = 500;

/** Adopts names that services ask for later. Each problem is logged once. */
export function watchHostname(context: StepContext): void {
  const { system, console } = context;
  const known = new Set<string>();
  let waiting = false;
  const adopt = (): void => {
    waiting = false;
    for (const problem of adoptHostname(context)) {
      if (!known.has(problem)) console.log(problem);
      known.add(problem);
    }
  };
  const changed = (): void => {
    if (waiting) return;
    waiting = true;
    setTimeout(adopt, pauseMs).unref();
  };
  for (const { folder } of requests) {
    // The folder that the service's bundle would make: it must exist to be watched.
    system.files.makeFolder(folder, 0o755);
    system.watchFolder(folder, changed);
  }
  adopt();
}
