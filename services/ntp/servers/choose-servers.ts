import { readServiceFile } from '../../../lib/files/service-file.ts';
import { leasedServers } from './leased.ts';
import { readServerList, type ServerName } from './names.ts';

export interface ServerSources {
  /** Of the arguments. */
  readonly given: readonly ServerName[];
  /** A file with one server a line, which metadata brings. */
  readonly metadataFile: string;
  /** Folder of the leases. */
  readonly leaseFolder: string;
  /** When nothing else names any. */
  readonly fallback: readonly ServerName[];
}

export interface ChosenServers {
  /** For people: `the arguments`. */
  readonly from: string;
  readonly servers: readonly ServerName[];
  /** Lines of the file that name no server. */
  readonly refused: readonly string[];
}

const mostBytes = 16_384;

/**
 * The servers to ask: those of the arguments, else of the metadata, else of the DHCP leases, else the
 * fallback. Lists are not mixed: who names servers does not want to be outvoted by others. The machine's own
 * clocks count beside those that are named, and in place of the fallback.
 */
export function chooseServers(sources: ServerSources, own: readonly ServerName[]): ChosenServers {
  const { servers, ...named } = namedServers(sources);
  if (servers.length > 0) return { ...named, servers: [...own, ...servers] };
  if (own.length > 0) return { ...named, from: 'this machine', servers: own };
  return { ...named, from: 'the fallback', servers: sources.fallback };
}

function namedServers({ given, metadataFile, leaseFolder }: ServerSources): ChosenServers {
  if (given.length > 0) return { from: 'the arguments', servers: given, refused: [] };
  const { servers, refused } = readServerList(readServiceFile(metadataFile, mostBytes) ?? '');
  if (servers.length > 0) return { from: `"${metadataFile}"`, servers, refused };
  return { from: 'DHCP', servers: leasedServers(leaseFolder), refused };
}
