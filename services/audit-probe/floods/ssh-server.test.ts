import { expect, test } from 'vitest';
import { hasGreeting, hasKeyExchange } from './ssh-server.ts';

/** uint32 packet_length, byte padding_length, byte type */
const packet = (type: number): string => Buffer.from([0, 0, 1, 0, 10, type]).toString('latin1');

test.each([
  ['', false, false],
  ['HTTP/1.1 400 Bad Request\r\n', false, false],
  ['SSH-2.0-kit', false, false],
  ['SSH-2.0-kit\r\n', true, false],
  ['Not allowed at this time\r\n', false, false],
  ['hello\r\nSSH-2.0-kit\r\n', true, false],
  [`SSH-2.0-kit\r\n${packet(1)}`, true, false],
  [`SSH-2.0-kit\r\n${packet(20).slice(0, 5)}`, true, false],
  [`SSH-2.0-kit\r\n${packet(20)}`, true, true],
  [`hello\nSSH-2.0-OpenSSH_10.0p2\r\n${packet(20)}`, true, true],
])('%j', (text, greets, exchanges) => {
  expect([hasGreeting(text), hasKeyExchange(text)]).toEqual([greets, exchanges]);
});
