import { isObject } from '../json/is-object.ts';
import { checkInventory, type ImageInventory } from './inventory.ts';

/** A layer of an update, as an EROFS image. */
export interface UpdateLayer {
  /** The layer id: 16 hex digits. */
  readonly id: string;
  /** Of the image's bytes: `sha256:…` */
  readonly digest: string;
  readonly bytes: number;
}

/** What a client wants a machine to run. Its bytes are signed, where the machine asks for that. */
export interface UpdateStatement {
  readonly version: 1;
  readonly inventory: ImageInventory;
  /** The id of the image's top layer, which has the bundles of its services and its inventory. */
  readonly top: string;
  /** Those layers that the machine may lack. */
  readonly layers: readonly UpdateLayer[];
  /** What the machine has asked for (`ImageStateReply.challenge`), so that no statement can be used twice. */
  readonly challenge: string;
}

/** Bytes of a statement, number of its layers. */
export const statementLimits = { bytes: 2 << 20, layers: 500 } as const;

export const statementBytes = (statement: UpdateStatement): Buffer => Buffer.from(JSON.stringify(statement));

/** @throws RangeError, to follow a colon */
export function readStatement(bytes: Uint8Array): UpdateStatement {
  if (bytes.length > statementLimits.bytes)
    throw new RangeError(`its statement has ${bytes.length} bytes, and may have ${statementLimits.bytes}`);
  const value = parsed(bytes);
  if (!isObject(value) || value.version !== 1) throw new RangeError('its statement is not one of version 1');
  const { top, layers, challenge } = value;
  if (typeof top !== 'string' || !isLayerId(top)) throw new RangeError('its top layer has no id');
  if (typeof challenge !== 'string' || challenge.length > 64) throw new RangeError('it answers no challenge');
  if (!Array.isArray(layers) || layers.length > statementLimits.layers)
    throw new RangeError(`it does not have up to ${statementLimits.layers} layers`);
  const checked = layers.map(checkLayer);
  if (new Set(checked.map(({ id }) => id)).size < checked.length)
    throw new RangeError('two of its layers have the same id');
  return { version: 1, inventory: checkInventory(value.inventory), top, layers: checked, challenge };
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new RangeError('its statement is not JSON');
  }
}

function checkLayer(value: unknown): UpdateLayer {
  const { id, digest, bytes } = isObject(value) ? value : {};
  if (typeof id !== 'string' || !isLayerId(id)) throw new RangeError('one of its layers has no id');
  if (typeof digest !== 'string' || !/^sha256:[0-9a-f]{64}$/.test(digest))
    throw new RangeError(`layer ${id} has no digest`);
  if (!Number.isSafeInteger(bytes) || Number(bytes) < 1)
    throw new RangeError(`layer ${id} cannot have ${JSON.stringify(bytes)} bytes`);
  return { id, digest, bytes: Number(bytes) };
}

const isLayerId = (text: string): boolean => /^[0-9a-f]{16}$/.test(text);
