import { exactJson } from '../../../lib/json/exact-json.ts';
import type { QapiError } from './qapi-error.ts';

/** Before an answer: `guest-sync-delimited` begins with a byte that no JSON has, which hosts wait for. */
const delimiter = Buffer.from([0xff]);

/** The line of a success. @param isDelimited see `delimiter` */
export function successLine(value: unknown, id: unknown, isDelimited = false): Buffer {
  const line = lineOf({ return: value ?? {}, ...withId(id) });
  return isDelimited ? Buffer.concat([delimiter, line]) : line;
}

export function errorLine({ class: errorClass, message }: QapiError, id?: unknown): Buffer {
  return lineOf({ error: { class: errorClass, desc: message }, ...withId(id) });
}

const withId = (id: unknown): object => (id === undefined ? {} : { id });
const lineOf = (reply: object): Buffer => Buffer.from(`${exactJson(reply)}\n`);
