import { parseExactJson } from '../../../lib/json/exact-json.ts';
import { isObject } from '../../../lib/json/is-object.ts';
import { QapiError } from './qapi-error.ts';

/** A command as the host sends it (docs/interop/qmp-spec.rst of QEMU, which the guest agent follows). */
export interface Request {
  readonly execute: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  /** Goes back with the answer as it is; undefined: it has none. */
  readonly id: unknown;
}

const members: readonly string[] = ['execute', 'arguments', 'id'];

/**
 * Reads the text of one message. @throws QapiError, whose answer has no id even if the message has one
 */
export function readRequest(text: Buffer): Request {
  const message = asObject(parse(text));
  if (message === undefined) throw new QapiError('QMP input must be a JSON object');
  const stranger = Object.keys(message).find((name) => !members.includes(name));
  if (stranger !== undefined) throw new QapiError(`QMP input member ${quoted(stranger)} is unexpected`);
  const { execute, id } = message;
  if (execute === undefined) throw new QapiError("QMP input lacks member 'execute'");
  if (typeof execute !== 'string') throw new QapiError("QMP input member 'execute' must be a string");
  const given = 'arguments' in message ? asObject(message.arguments) : {};
  if (given === undefined) throw new QapiError("QMP input member 'arguments' must be an object");
  return { execute, arguments: given, id };
}

function parse(text: Buffer): unknown {
  try {
    return parseExactJson(new TextDecoder('utf-8', { fatal: true }).decode(text));
  } catch {
    // What a parser says quotes the text, of which the host knows better what it was.
    throw new QapiError('JSON parse error, invalid JSON');
  }
}

const asObject = (value: unknown): Readonly<Record<string, unknown>> | undefined =>
  isObject(value) ? value : undefined;

/** A name as an error shows it, within bounds. */
export const quoted = (name: string): string =>
  `'${name.length > 64 ? `${name.slice(0, 64)}…` : name}'`.replace(/[^ -~…]/g, '?');
