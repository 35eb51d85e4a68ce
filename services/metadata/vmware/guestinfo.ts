import { KitError } from '../../../lib/errors/errors.ts';
import { gunzip } from '../../../lib/metadata/user-data/unpack.ts';
import { decodeBase64 } from '../../../lib/metadata/yaml.ts';
import { maximalUserData } from '../cloud/session.ts';
import { type Backdoor, guestinfoError } from './backdoor.ts';
import { askHypervisor } from './guest-rpc.ts';

/** Base64 of the longest text, and what the reply has before it. */
const maximalReply = Math.ceil((maximalUserData * 4) / 3) + 64;
const noValue = 'No value found';

/** Values without their encoding, by their names after `guestinfo.`; no key where there is none. */
export interface Guestinfo {
  readonly metadata?: Buffer | undefined;
  readonly userdata?: Buffer | undefined;
  readonly vendordata?: Buffer | undefined;
  /** The environment of an OVF package whose transport is com.vmware.guestInfo. */
  readonly ovfEnv?: Buffer | undefined;
}

/**
 * What cloud-init's VMware data source reads; where none of that is there, an OVF environment.
 * @throws KitError with one sentence
 */
export function askGuestinfo(backdoor: Backdoor): Guestinfo {
  const read = (name: string): Buffer | undefined => {
    const value = plainValue(name, backdoor);
    return (
      value && decodeGuestinfo(name, value, plainValue(`${name}.encoding`, backdoor)?.toString('latin1'))
    );
  };
  const found = { metadata: read('metadata'), userdata: read('userdata'), vendordata: read('vendordata') };
  const isThere = Object.values(found).some((value) => value !== undefined);
  return isThere ? found : { ovfEnv: plainValue('ovfEnv', backdoor) };
}

/** Undefined where nothing is set, or what stands for nothing: a value cannot be taken away again. */
function plainValue(name: string, backdoor: Backdoor): Buffer | undefined {
  const value = parseReply(askHypervisor(backdoor, `info-get guestinfo.${name}`, maximalReply));
  return value && isNothing(value) ? undefined : value;
}

const isNothing = (value: Buffer): boolean => /^(---)?[\s\0]*$/.test(value.toString('latin1', 0, 64));

/**
 * `1 VALUE`; undefined for `0 No value found`.
 * @throws KitError for any other refusal, and what is no reply
 */
export function parseReply(reply: Buffer): Buffer | undefined {
  const [status, rest] = [reply.toString('latin1', 0, 2), reply.subarray(2)];
  if (status === '1 ') return rest;
  if (status !== '0 ') throw guestinfoError('the hypervisor answers something else');
  const why = rest.toString('latin1', 0, 100).replace(/\0.*$/s, '').trim();
  if (why === noValue) return undefined;
  throw guestinfoError(
    /^[ -~]+$/.test(why) ? `the hypervisor says "${why}"` : 'the hypervisor refuses a request',
  );
}

/** @param encoding the value beside it, if there is one @throws KitError */
export function decodeGuestinfo(name: string, value: Buffer, encoding = ''): Buffer {
  const cannot = (why: string): KitError => new KitError(`Cannot read guestinfo.${name}: ${why}`);
  const kind = encoding.replaceAll('\0', '').trim();
  if (kind === '') return value;
  const isPacked = ['gzip+base64', 'gz+b64'].includes(kind);
  if (!isPacked && !['base64', 'b64'].includes(kind))
    throw cannot('its encoding is neither base64 nor gzip+base64');
  const bytes = decodeBase64(value.toString('latin1').replaceAll('\0', ''));
  if (bytes === undefined) throw cannot('it is not base64');
  try {
    return isPacked ? gunzip(bytes) : bytes;
  } catch (error) {
    throw error instanceof KitError ? cannot(error.message) : error;
  }
}
