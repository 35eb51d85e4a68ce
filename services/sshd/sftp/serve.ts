import { Writable } from 'node:stream';
import type { Audit } from '../audit.ts';
import { FieldReader, field, u32 } from '../encoding.ts';
import type { ChannelOutput } from '../output.ts';
import { sftpAct } from './audit.ts';
import { asSftpError, SftpError } from './errors.ts';
import { extended, version } from './extensions.ts';
import { Handles, type SftpState } from './handles.ts';
import { PacketSplitter, packet, replyTypes, requestTypes, statusCodes } from './packet.ts';
import { handlers } from './requests.ts';
import { sendsLinkFirst } from './symlink-order.ts';

/** What a session of sftp takes from its connection. */
export interface SftpContext {
  readonly home: string;
  /** The name of the client's program. */
  readonly software: string;
  readonly audit: Audit;
}

/**
 * Serves SFTP version 3 on a channel until the client closes it. Executes requests one by one and reads the
 * next only after the reply to the last is sent, so that this side never buffers more than the window.
 *
 * Replaces ssh2's SFTP class, which ignores backpressure, has no extensions, and sends no exit status,
 * without which scp waits for ever.
 */
export function serveSftp(output: ChannelOutput, context: SftpContext): Promise<void> {
  const { home, audit, software } = context;
  const linkFirst = sendsLinkFirst(software);
  const state: SftpState = { handles: new Handles(), home, linkFirst, audit };
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

/** Bytes that wait here; the rest waits in the channel, where the number of its pieces is bounded. */
const maxWaitingBytes = 4096;

/** Receives the client's bytes; accepts the next chunk after all requests of the last one are answered. */
function requestSink(output: ChannelOutput, state: SftpState): Writable {
  const splitter = new PacketSplitter();
  const answerAll = async (chunk: Buffer): Promise<void> => {
    for (const request of splitter.push(chunk)) {
      if (!(await output.write('stdout', await answer(request, state)))) break;
    }
  };
  return new Writable({
    highWaterMark: maxWaitingBytes,
    write: (chunk: Buffer, _encoding, callback) => {
      answerAll(chunk).then(() => callback(), callback);
    },
  });
}

/** The reply to one request: `u8 type, u32 id, …`. @throws MalformedPacket when the request has no id. */
export async function answer(request: Buffer, state: SftpState): Promise<Buffer> {
  const type = request[0] ?? 0;
  if (type === requestTypes.init) return version();
  const fields = new FieldReader(request.subarray(1));
  const id = u32(fields.u32());
  const act = sftpAct(request, state);
  try {
    const handler = type === requestTypes.extended ? extended : handlers.get(type);
    if (!handler) throw new SftpError(statusCodes.unsupported, `request ${type} is not supported`);
    const reply = (await handler(fields, id, state)) ?? status(id, statusCodes.ok, 'ok');
    if (act) state.audit(act.action, 'allowed', act.fields);
    return reply;
  } catch (thrown) {
    const error = asSftpError(thrown);
    if (act) state.audit(act.action, 'failed', { ...act.fields, reason: error.message });
    return status(id, error.status, error.message);
  }
}

function status(id: Buffer, code: number, message: string): Buffer {
  return packet(replyTypes.status, id, u32(code), field(message), field('en'));
}
