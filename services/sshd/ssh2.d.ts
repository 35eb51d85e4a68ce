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
