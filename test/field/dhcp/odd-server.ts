/**
 * `odd-server.ts INTERFACE HOW`: a DHCP server of 10.0.2.2 that departs from RFC 2131, as real ones do.
 * Prints "serving" when it is ready.
 */
import { reply } from '../../../services/dhcp/testdata/reply.ts';
import { answerClients } from '../../network/raw-server.ts';

const [, , name, how = ''] = process.argv;
answerClients(name, '10.0.2.2', (request) => [answerTo(request)]);
process.stdout.write('serving\n');

function answerTo(request: Buffer): Buffer {
  const isDiscover = request[242] === 1;
  const lease = [51, Buffer.of(0, 0, 14, 16)] as const;
  const options = how === 'no-lease-time' ? [] : [lease];
  const mac = request.toString('hex', 28, 34).match(/../g)?.join(':') ?? '';
  const common = { type: isDiscover ? 'offer' : 'ack', xid: request.readUInt32BE(4), mac } as const;
  if (how === 'no-server') return reply(options, { ...common, server: null });
  if (how === 'no-server-in-ack' && !isDiscover) return reply(options, { ...common, server: null });
  if (how === 'other-server-in-ack' && !isDiscover) return reply(options, { ...common, server: '10.0.2.9' });
  if (how === 'link-local') return reply(options, { ...common, address: '169.254.7.7' });
  if (how === 'no-message-type') return Buffer.concat([reply([], common).subarray(0, 240), Buffer.of(255)]);
  return reply(options, common);
}
