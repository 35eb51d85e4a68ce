import type { Connection, Session } from 'ssh2';
import type { Protocol } from 'ssh2/lib/protocol/Protocol.js';

/** A session, whose `_channel` is there once its program runs. */
type RunningSession = Session & {
  readonly _chanInfo?: { readonly outgoing: { readonly id: number } };
  readonly _channel?: { readonly outgoing: { readonly state: string } };
};

type Handler = (protocol: Protocol, id: number, type: string, wantsReply: boolean, data: unknown) => void;

/**
 * Serves requests about a program that runs. ssh2 answers none of them, though replies have no other mark
 * than their order, and it drops signals and sizes of the terminal after the end of the client's input. PuTTY
 * asks in this way how much it may still be sent; `break` is one, too.
 */
export function answerRunning(connection: Connection): void {
  const { _protocol: protocol, _chanMgr: channels } = connection as Connection & {
    readonly _protocol: Protocol;
    readonly _chanMgr: { get(id: number): RunningSession | undefined };
  };
  const before = protocol._handlers.CHANNEL_REQUEST as unknown as Handler;
  const handler: Handler = (self, id, type, wantsReply, data) => {
    const session = channels.get(id);
    if (!session?._chanInfo || !session._channel) return before(self, id, type, wantsReply, data);
    const { id: sender } = session._chanInfo.outgoing;
    // Nothing follows this side's close.
    const replies = wantsReply && ['open', 'eof'].includes(session._channel.outgoing.state);
    const accept = (): void => void (replies && protocol.channelSuccess(sender));
    const reject = (): void => void (replies && protocol.channelFailure(sender));
    if (type === 'signal') session.emit('signal', accept, reject, { name: data });
    else if (type === 'window-change') session.emit('window-change', accept, reject, data);
    else reject();
  };
  protocol._handlers.CHANNEL_REQUEST = handler as never;
}
