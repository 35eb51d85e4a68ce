import type { Socket } from 'node:net';
import type { Connection } from 'ssh2';
import type { Protocol } from 'ssh2/lib/protocol/Protocol.js';

/** Bounds that ssh2's server does not have. */
export const protocolBounds = {
  /** Packets before the login; one with ten keys takes about thirty. */
  packetsBeforeLogin: 1000,
  /** Key exchanges in a minute, besides those after as many bytes as a client may set as its limit. */
  keyExchanges: 60,
  /** Clients exchange keys once a gigabyte; their users may say 1M (RekeyLimit of ssh_config(5)). */
  bytesPerKeyExchange: 512 << 10,
  /** The smallest packets that a client may want to receive; clients want 16 KiB or more. */
  packetBytes: 1024,
  /** Pieces of input of one channel that wait for their program, each of which takes some 300 bytes. */
  unreadPieces: 4096,
} as const;

/** Not defined by ssh2's public types. */
type GuardedClient = Connection & {
  readonly _sock: Pick<Socket, 'bytesRead' | 'bytesWritten'>;
  readonly authenticated: boolean;
  readonly _protocol: Protocol;
  readonly _chanMgr: { get(id: number): GuardedChannel | undefined; remove(id: number): void };
};

/** A channel, or a session, which has its channel once a program runs. */
interface GuardedChannel {
  readonly incoming: { readonly window: number };
  readonly outgoing: { readonly window: number };
  readonly _readableState?: { readonly buffer: { readonly length: number }; readonly bufferIndex?: number };
  readonly _channel?: GuardedChannel;
  readonly _chanInfo?: { readonly outgoing: { readonly id: number } };
}

type Check = (...args: never[]) => string | undefined;

/** Of RFC 4254 section 5.1. */
const resourceShortage = 4;
const maxWindow = 2 ** 32 - 1;

/**
 * Refuses what RFC 4252 and 4254 forbid or leave without a bound, and ssh2 1.17 lets pass, with which a
 * client could hang this process or fill its memory. ssh2 keeps the handler of each message in a table, and
 * here each gets a check before it.
 *
 * @param abused called when a client breaks a rule, and with which: its connection must be destroyed
 */
export function guardProtocol(connection: Connection, abused: (reason: string) => void): void {
  const client = connection as GuardedClient;
  const { _protocol: protocol, _chanMgr: channels } = client;
  const guard = (name: string, check: Check): void => {
    const handler = protocol._handlers[name];
    if (!handler) return;
    protocol._handlers[name] = (self, ...args) => {
      const reason = check(...args);
      if (reason === undefined) handler(self, ...args);
      else abused(reason);
    };
  };
  const channelOf = (id: number): GuardedChannel | undefined => {
    const found = channels.get(id);
    return found?._chanInfo ? found._channel : found;
  };

  guard('CHANNEL_DATA', (id: number, data: Buffer) => dataFault(channelOf(id), data));
  guard('CHANNEL_WINDOW_ADJUST', (id: number, more: number) => windowFault(channelOf(id), more));
  guard('CHANNEL_OPEN_CONFIRMATION', packetSizeFault);
  refuseSmallPackets(protocol);
  closeIdleSessions(protocol, channels);
  for (const name of Object.keys(protocol._handlers)) {
    if (/^(CHANNEL|GLOBAL|REQUEST)_/.test(name))
      guard(name, () => (client.authenticated ? undefined : `${name} before the login`));
  }
  countPackets(client, abused);
  countKeyExchanges(client, abused);
}

/** ssh2 ignores data only when the window is exactly 0, and bounds bytes, but not pieces. */
function dataFault(channel: GuardedChannel | undefined, data: Buffer): string | undefined {
  if (!channel?.incoming) return undefined;
  if (data.length > channel.incoming.window) return 'more data than the window allows';
  const { buffer, bufferIndex = 0 } = channel._readableState ?? { buffer: [] };
  return buffer.length - bufferIndex > protocolBounds.unreadPieces
    ? 'too many small pieces of data'
    : undefined;
}

function windowFault(channel: GuardedChannel | undefined, more: number): string | undefined {
  return channel?.outgoing && channel.outgoing.window + more > maxWindow ? 'a window over 4 GiB' : undefined;
}

/** With packets of 0 bytes ssh2 would send empty ones for ever, in a loop that nothing interrupts. */
function packetSizeFault({ packetSize }: { readonly packetSize: number }): string | undefined {
  return packetSize < protocolBounds.packetBytes ? `packets of ${packetSize} bytes` : undefined;
}

function refuseSmallPackets(protocol: Protocol): void {
  const open = protocol._handlers.CHANNEL_OPEN as unknown as (self: Protocol, info: OpenInfo) => void;
  protocol._handlers.CHANNEL_OPEN = ((self: Protocol, info: OpenInfo) => {
    if (packetSizeFault(info) === undefined) open(self, info);
    else self.channelOpenFail(info.sender, resourceShortage, 'packets too small');
  }) as never;
}

interface OpenInfo {
  readonly sender: number;
  readonly packetSize: number;
}

/** ssh2 neither answers the close of a session without a program nor forgets the session. */
function closeIdleSessions(protocol: Protocol, channels: GuardedClient['_chanMgr']): void {
  const close = protocol._handlers.CHANNEL_CLOSE as unknown as (self: Protocol, id: number) => void;
  protocol._handlers.CHANNEL_CLOSE = ((self: Protocol, id: number) => {
    const session = channels.get(id);
    close(self, id);
    if (!session?._chanInfo || session._channel) return;
    channels.remove(id);
    self.channelClose(session._chanInfo.outgoing.id);
  }) as never;
}

function countPackets(client: GuardedClient, abused: (reason: string) => void): void {
  const { _protocol: protocol } = client;
  const count = protocol._onPacket;
  let packets = 0;
  protocol._onPacket = () => {
    count();
    packets += 1;
    if (!client.authenticated && packets > protocolBounds.packetsBeforeLogin)
      abused('too many packets before the login');
  };
}

function countKeyExchanges(client: GuardedClient, abused: (reason: string) => void): void {
  // Each channel waits for the end of a key exchange (output.ts).
  client.setMaxListeners(0);
  const bytes = (): number => client._sock.bytesRead + client._sock.bytesWritten;
  let times: readonly number[] = [];
  let before = bytes();
  client.on('rekey', () => {
    const [now, since] = [performance.now(), bytes() - before];
    before += since;
    if (since >= protocolBounds.bytesPerKeyExchange) return;
    times = [...times.filter((time) => now - time < 60_000), now];
    if (times.length > protocolBounds.keyExchanges) abused('too many key exchanges');
  });
}
