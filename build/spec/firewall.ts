import type { FirewallConfig, OpenPorts } from '../../lib/bundle/network.ts';
import { KitErrors } from '../../lib/errors/errors.ts';
import type { Manifest } from '../manifest/types.ts';
import { controlConfig } from './control.ts';
import { everyItem, FieldError, fieldErrors, fieldKitError } from './field-error.ts';

/** Whether `network: {firewall: true}` is set; of several manifests the last that has the key counts. */
export const hasFirewall = ({ network }: Pick<Manifest, 'network'>): boolean =>
  network.findLast(({ value }) => value.firewall !== undefined)?.value.firewall === true;

/**
 * The ports that init lets through: those of services, and that of `control`. Undefined without a firewall,
 * but the ports are checked all the same.
 * @throws KitErrors with all errors and their positions
 */
export function firewallConfig(
  manifest: Pick<Manifest, 'network' | 'services' | 'control'>,
): FirewallConfig | undefined {
  const open = servicePorts(manifest);
  if (!hasFirewall(manifest)) return undefined;
  const control = controlConfig(manifest.control);
  const own: OpenPorts[] = control ? [{ protocol: 'tcp', first: control.port, last: control.port }] : [];
  return { open: [...open, ...own] };
}

/** The `ports` of all services. @throws KitErrors with all errors of one service, and their positions */
export const servicePorts = ({ services }: Pick<Manifest, 'services'>): OpenPorts[] =>
  services.flatMap(({ value, origin }) => {
    try {
      return everyItem(value.ports ?? [], (text, at) => parsePorts(text, ['ports', at]));
    } catch (thrown) {
      throw new KitErrors(fieldErrors(thrown).map((error) => fieldKitError(error, origin)));
    }
  });

/** Reads `80/tcp` or `8000-8010/udp`. @throws FieldError */
function parsePorts(text: string, path: readonly (string | number)[]): OpenPorts {
  const [numbers = '', protocol] = text.split('/');
  const [first = 0, last = first] = numbers.split('-').map(Number);
  if (first < 1 || last > 65_535 || last < first)
    throw new FieldError(
      [...path],
      `"${text}" names no ports: they are from 1 to 65535, the lower one first`,
    );
  return { protocol: protocol === 'udp' ? 'udp' : 'tcp', first, last };
}

/** Whether a port is let through. */
export const isOpen = ({ open }: FirewallConfig, port: number, protocol: OpenPorts['protocol']): boolean =>
  open.some((one) => one.protocol === protocol && one.first <= port && port <= one.last);
