/** Parts of ssh2. Its index also loads client, agent and HTTP parts, which doubles the start-up time. */
declare module 'ssh2/lib/server.js' {
  import { Server } from 'ssh2';
  export default Server;
}

declare module 'ssh2/lib/protocol/keyParser.js' {
  import { utils } from 'ssh2';

  const keyParser: { readonly parseKey: typeof utils.parseKey };
  export default keyParser;
}

declare module 'ssh2/lib/protocol/utils.js' {
  import type { Protocol } from 'ssh2/lib/protocol/Protocol.js';

  const utils: {
    /** Encrypts and writes a packet of `alloc` and `finalize`, after the key exchange if there is one. */
    sendPacket(protocol: Protocol, packet: Buffer): boolean;
  };
  export default utils;
}

declare module 'ssh2/lib/protocol/Protocol.js' {
  /** The private parts of ssh2's protocol object that this server corrects. */
  export interface Protocol {
    /** By the name of the message without SSH_MSG_; the first argument is the protocol object. */
    readonly _handlers: Record<string, ((protocol: Protocol, ...args: never[]) => void) | undefined>;
    /** Called for each packet after the first key exchange. */
    _onPacket: () => void;
    _onHandshakeComplete: (...args: unknown[]) => void;
    readonly _kex: { remoteExtInfoEnabled: boolean };
    /** This side's KEXINIT during a key exchange. */
    readonly _kexinit: Buffer | undefined;
    readonly _packetRW: {
      readonly write: {
        readonly allocStart: number;
        alloc(payloadBytes: number): Buffer;
        finalize(packet: Buffer): Buffer;
      };
    };
    channelOpenFail(sender: number, reason: number, description: string): void;
    channelClose(sender: number): void;
  }
}

declare module 'ssh2/lib/keygen.js' {
  interface KeyPair {
    readonly private: string;
    readonly public: string;
  }
  const keygen: {
    generateKeyPairSync(type: 'ed25519' | 'ecdsa', options: { bits?: number; comment: string }): KeyPair;
  };
  export default keygen;
}
