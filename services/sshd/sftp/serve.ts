import { Writable } from 'node:stream';
import type { ChannelOutput } from '../output.ts';
import { asSftpError, SftpError } from './errors.ts';
import { extended, version } from './extensions.ts';
import { Handles, type SftpState } from './handles.ts';
import { handlers } from './requests.ts';
import {
  FieldReader,
  field,
  PacketSplitter,
  packet,
  replyTypes,
  requestTypes,
  statusCodes,
  u32,
} from './wire.ts';

/**
 * Serves SFTP version 3 on a channel until the client ends it. Requests are carried out one after another and the next is not
 * read before the last reply is on its way, so that a client can never make this side hold more than the window.
 *
 * Not ssh2's own SFTP class: it answers as fast as requests come whatever the client reads, offers no extensions,
 * and knows no exit status, without which scp waits for ever.
 */
export function serveSftp(output: ChannelOutput, home: string): Promise<void> {
  const state: SftpState = { handles: new Handles(), home };
  const { channel } = output;
  const sink = requestSink(output, state);
  output.onClose(() => sink.destroy());
  channel.pipe(sink);
  return new Promise((resolve) => {
    const done = (status: number): void => {
      void state.handles.closeAll();
      output.finish(status, null);
      resolve();
    };
    sink.once('error', () => done(1));
    sink.once('close', () => sink.errored || done(0));
  });
}

/** Takes the client's bytes; done with a chunk when all its requests are answered. */
function requestSink(output: ChannelOutput, state: SftpState): Writable {
  const splitter = new PacketSplitter();
  const answerAll = async (chunk: Buffer): Promise<void> => {
    for (const request of splitter.push(chunk)) await output.write('stdout', await answer(request, state));
  };
  return new Writable({
    write: (chunk: Buffer, _encoding, callback) => {
      answerAll(chunk).then(() => callback(), callback);
    },
  });
}

/** The reply to one request: `u8 type, u32 id, …`. Only what cannot even be answered is thrown. */
export async function answer(request: Buffer, state: SftpState): Promise<Buffer> {
  const type = request[0] ?? 0;
  if (type === requestTypes.init) return version();
  const fields = new FieldReader(request.subarray(1));
  const id = u32(fields.u32());
  try {
    const handler = type === requestTypes.extended ? extended : handlers.get(type);
    if (!handler) throw new SftpError(statusCodes.unsupported, `request ${type} is not supported`);
    return (await handler(fields, id, state)) ?? status(id, statusCodes.ok, 'ok');
  } catch (thrown) {
    const error = asSftpError(thrown);
    return status(id, error.status, error.message);
  }
}

function status(id: Buffer, code: number, message: string): Buffer {
  return packet(replyTypes.status, id, u32(code), field(message), field('en'));
}
