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
    /**
     * Encrypts and writes a packet of `alloc` and `finalize`: after the key exchange if there is one, or at
     * once if it was made for one.
     */
    sendPacket(protocol: Protocol, packet: Buffer, atOnce?: boolean): boolean;
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
    /** Takes messages once the first keys have been exchanged. */
    _onPayload: (payload: Buffer) => void;
    _onHandshakeComplete: (...args: unknown[]) => void;
    readonly _kex: {
      remoteExtInfoEnabled: boolean;
      readonly sessionID: Buffer;
      readonly negotiated: { readonly serverHostKey: string };
      /** This side's KEXINIT and the other's, until the end of the exchange. */
      readonly _kexinit: Buffer;
      readonly _remoteKexinit: Buffer;
    };
    readonly _hostKeys: Readonly<Record<string, { getPublicSSH(): Buffer } | undefined>>;
    readonly _decipher: { readonly inSeqno: number };
    /** Methods of requests to log in that have no answer yet. */
    readonly _authsQueue: string[];
    /** This side's KEXINIT during a key exchange. */
    readonly _kexinit: Buffer | undefined;
    readonly _packetRW: {
      readonly write: {
        /** Where the payload begins in a packet, and in one of a key exchange. */
        readonly allocStart: number;
        readonly allocStartKEX: number;
        alloc(payloadBytes: number, forKeyExchange?: boolean): Buffer;
        finalize(packet: Buffer, forKeyExchange?: boolean): Buffer;
      };
    };
    authPKOK(algorithm: string, key: Buffer): void;
    authSuccess(): void;
    authFailure(methods: readonly string[], partialSuccess: boolean): void;
    channelSuccess(recipient: number): void;
    channelFailure(recipient: number): void;
    channelOpenFail(sender: number, reason: number, description: string): void;
    channelClose(sender: number): void;
  }
}

declare module 'ssh2/lib/protocol/handlers.js' {
  /** By the number of the message. */
  const handlers: readonly unknown[];
  export default handlers;
}

declare module 'ssh2/lib/protocol/constants.js' {
  const constants: { readonly TERMINAL_MODE: Readonly<Record<string, number>> };
  export default constants;
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
