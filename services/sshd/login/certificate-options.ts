import { FieldReader, MalformedPacket } from '../encoding.ts';
import type { Certificate } from '../keys/certificate.ts';
import { defaultOptions, type KeyOptions } from './options.ts';

/**
 * The options that a certificate has in itself (PROTOCOL.certkeys): what its extensions do not permit, it
 * does not have; extensions that are not known permit nothing here.
 */
export function certificateOptions({ criticalOptions, extensions }: Certificate): KeyOptions {
  const options: KeyOptions = {
    ...defaultOptions,
    terminal: extensions.has('permit-pty'),
    forwarding: extensions.has('permit-port-forwarding'),
    touch: !extensions.has('no-touch-required'),
  };
  return Object.assign(options, ...[...criticalOptions].map(([name, data]) => readCritical(name, data)));
}

function readCritical(name: string, data: Buffer): Partial<KeyOptions> {
  try {
    if (name === 'force-command') return { command: only(data) };
    if (name === 'source-address') return { networks: only(data) };
    if (name === 'verify-required' && data.length === 0) return { verify: true };
  } catch (error) {
    if (!(error instanceof MalformedPacket)) throw error;
  }
  return { fault: `its critical option ${name} is not supported` };
}

/** The one string that the data has. */
function only(data: Buffer): string {
  const fields = new FieldReader(data);
  const text = fields.text();
  if (fields.left > 0) throw new MalformedPacket('more than one value');
  return text;
}
