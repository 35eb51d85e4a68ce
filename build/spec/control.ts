import type { ControlConfig } from '../../lib/bundle/control.ts';
import { KitError } from '../../lib/errors/errors.ts';
import { ipAddress } from '../../lib/net/ip.ts';
import type { Control, Located } from '../manifest/types.ts';

/** pkg/metadata writes the key `control` of the user data there. */
const folder = '/run/config/control';

/** The supervisor's configuration from `control:`; undefined if the manifest has none. @throws KitError */
export function controlConfig(control: Located<Control> | undefined): ControlConfig | undefined {
  if (!control) return undefined;
  const { listen, ca, certificate, key, crl } = control.value;
  const fail = (why: string): KitError =>
    new KitError(`Cannot listen on "${listen}": ${why}`, { place: control.origin.place(['listen']) });
  const colon = listen.lastIndexOf(':');
  const [host, port] = [listen.slice(0, colon).replace(/^\[|\]$/g, ''), Number(listen.slice(colon + 1))];
  if (host !== '' && !isAddress(host)) throw fail(`"${host}" is not an IPv4 or IPv6 address`);
  if (port < 1 || port > 65_535) throw fail('the port must be from 1 to 65535');
  return {
    host: host.toLowerCase(),
    port,
    ca: ca ?? `${folder}/ca.pem`,
    certificate: certificate ?? `${folder}/cert.pem`,
    key: key ?? `${folder}/key.pem`,
    ...(crl && { crl }),
  };
}

function isAddress(text: string): boolean {
  try {
    ipAddress(text);
    return true;
  } catch {
    return false;
  }
}
