import { metadataNetworkPath } from '../../bundle/metadata-network.ts';
import type { NetworkDocument } from '../metadata.ts';
import { type PlannedFile, secretMode } from '../user-data/user-data-plan.ts';
import { asksForMore, readNetworkConfig } from './read-network-config.ts';

interface NetworkPlan {
  readonly files: readonly PlannedFile[];
  readonly problems: readonly string[];
  readonly notes: readonly string[];
}

/**
 * The file from which init sets the network that metadata asks for.
 * @param mayAsk whether the manifest lets it; if not, one note says so where more than DHCP is asked for
 */
export function planNetwork(document: NetworkDocument | undefined, mayAsk: boolean): NetworkPlan {
  // Tools write the file also where it asks for nothing.
  if (document === undefined || /^\s*(\{\s*\})?\s*$/.test(document.content.toString('latin1', 0, 200)))
    return { files: [], problems: [], notes: [] };
  const { network, problems, notes } = readNetworkConfig(document);
  const isMore = network === undefined || problems.length > 0 || asksForMore(network);
  if (!mayAsk) return { files: [], problems: [], notes: isMore ? [notAllowed(document)] : [] };
  if (network === undefined || !(isMore || network.interfaces.length > 0))
    return { files: [], problems, notes };
  const content = Buffer.from(`${JSON.stringify(network)}\n`);
  return { files: [{ path: metadataNetworkPath, mode: secretMode, content }], problems, notes };
}

const notAllowed = ({ form }: NetworkDocument): string =>
  `not obeyed: ${form}: the manifest and DHCP give the machine its addresses; ` +
  '`network: {metadata: true}` in the manifest lets metadata do it';
