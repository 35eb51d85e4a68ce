import type { RunRequest } from '../backend/request/request.ts';
import type { Context } from '../host/context.ts';
import { readManifestFiles } from '../images/manifest-files.ts';
import { isManifestName } from '../manifest/config/config-name.ts';
import { firewallConfig, isOpen } from '../spec/firewall.ts';
import type { Work } from '../work.ts';

/**
 * Tells which published ports the firewall of the manifest drops. Images that are built are not read. In a
 * container, what comes to 127.0.0.1 of the host comes in by the container's own loopback, past the firewall.
 */
export async function warnOfClosedPorts(
  { image, publish, backend }: RunRequest,
  context: Context,
  work: Work,
): Promise<void> {
  if (publish.length === 0 || backend === 'container' || image === '-' || !isManifestName(image)) return;
  const firewall = firewallConfig(await readManifestFiles([image], context, work));
  for (const { guestPort, protocol } of publish) {
    if (!firewall || isOpen(firewall, guestPort, protocol)) continue;
    const port = `${guestPort}/${protocol}`;
    work.progress.line(`Port ${port} is published, but the firewall drops it: no service has it in "ports"`);
  }
}
