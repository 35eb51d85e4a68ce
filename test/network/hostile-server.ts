/**
 * Answers every DISCOVER and REQUEST on interface `argv[2]` with invalid replies before another server can:
 * random bytes, truncated replies, replies without required options, offers of impossible addresses.
 */
import { randomBytes, randomInt } from 'node:crypto';
import { answerClients } from './raw-server.ts';

answerClients(process.argv[2], '10.0.2.66', answers);
process.stdout.write('hostile\n');

function answers(request: Buffer): Buffer[] {
  const reply = Buffer.from(request);
  reply[0] = 2;
  Buffer.of(10, 0, 2, 66).copy(reply, 16);
  return [
    randomBytes(randomInt(1, 1400)),
    reply.subarray(0, randomInt(1, reply.length)),
    // Offers without a server identifier and without a lease time; an offer of 127.0.0.1; an ACK for
    // 255.255.255.255.
    withOptions(reply, [53, 1, 2, 255]),
    withOptions(reply, [53, 1, 2, 54, 4, 10, 0, 2, 66, 255]),
    withAddress(
      withOptions(reply, [53, 1, 2, 54, 4, 10, 0, 2, 66, 51, 4, 0, 0, 255, 0, 255]),
      [127, 0, 0, 1],
    ),
    withAddress(
      withOptions(reply, [53, 1, 5, 54, 4, 10, 0, 2, 66, 51, 4, 0, 0, 255, 0, 255]),
      [255, 255, 255, 255],
    ),
    withOptions(reply, [53, 1, 6, 54, 4, 10, 0, 2, 66, 255]),
  ];
}

function withOptions(message: Buffer, options: readonly number[]): Buffer {
  return Buffer.concat([message.subarray(0, 240), Buffer.from(options)]);
}

function withAddress(message: Buffer, address: readonly number[]): Buffer {
  Buffer.from(address).copy(message, 16);
  return message;
}
