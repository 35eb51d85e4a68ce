import type { Guard } from './guard.ts';

/** Somebody in the network, or with a role in control. */
export const ofAccess: readonly Guard[] = [
  {
    id: 'ssh-memory',
    attack: 'A client that is not logged in sends a bad packet length, and then bytes without end.',
    test: 'test/login/hostile.test.ts',
    title: '400 MB after a bad packet length do not stay in memory',
    without: [
      {
        file: 'services/sshd/ssh2/socket.ts',
        code: 'if (!ended) endForGood(socket, end);',
        instead: 'if (!ended) end();',
      },
      {
        file: 'services/sshd/ssh2/socket.ts',
        code: "abused('too many bytes before the login');",
        instead: '{}',
      },
      {
        file: 'services/sshd/ssh2/socket.ts',
        code: "      socket.removeAllListeners('data');\n      abused",
        instead: '      void abused;\n      void',
      },
    ],
    shows: 'to be less than',
  },
  {
    id: 'ssh-bytes',
    attack: 'The same with packets of the right form.',
    test: 'services/sshd/listener.test.ts',
    title: 'the connection ends after 256 KiB',
    without: [
      {
        file: 'services/sshd/ssh2/socket.ts',
        code: 'const maxBytesBeforeLogin = 256 << 10;',
        instead: 'const maxBytesBeforeLogin = Number.POSITIVE_INFINITY;',
      },
    ],
    shows: 'too many bytes before the login',
  },
  {
    id: 'ssh-crowd',
    attack: 'Idle connections from one address keep everybody out.',
    test: 'test/login/hostile.test.ts',
    title: 'a hundred idle connections from another address keep nobody out',
    without: [
      {
        file: 'services/sshd/startups/startups.ts',
        code: '>= this.#limits.perSource)',
        instead: '>= Number.POSITIVE_INFINITY)',
      },
    ],
    shows: 'to be 3',
  },
  {
    id: 'ssh-crowd-gate',
    attack: 'The same, at the gate itself.',
    test: 'services/sshd/startups/gate.test.ts',
    title: 'while a hundred idle connections from one address hang, all from others are served',
    without: [
      {
        file: 'services/sshd/startups/startups.ts',
        code: '>= this.#limits.perSource)',
        instead: '>= Number.POSITIVE_INFINITY)',
      },
    ],
    shows: 'to be an instance of',
  },
  {
    id: 'ssh-penalties',
    attack: 'One address tries keys without end.',
    test: 'services/sshd/startups/gate.test.ts',
    title: 'idle connections bring their source a penalty, a login brings none',
    without: [
      {
        file: 'services/sshd/startups/gate.ts',
        code: 'if (this.#penalties?.refuses(source))',
        instead: 'if (this.#penalties === null)',
      },
    ],
    shows: 'has a penalty',
  },
  {
    id: 'ssh-algorithms',
    attack: 'A client is offered ssh-rsa and ssh-dss, in a malformed list.',
    test: 'services/sshd/listener.test.ts',
    title: 'the list of signature algorithms is well-formed and has no SHA-1 and no DSA',
    without: [{ file: 'services/sshd/ssh2/mends.ts', code: '  sendExtensions(client);\n' }],
    shows: 'ssh-rsa',
  },
  {
    id: 'tls-crowd',
    attack: 'Silent TCP connections fill the places of control for as long as they like.',
    test: 'test/access/crowds.test.ts',
    title: 'silent TCP peers of %s do not keep a client with a certificate out',
    without: [
      {
        file: 'services/supervisor/access/handshake-pool.ts',
        code: 'this.#drop(own[0]?.[0],',
        instead: 'this.#drop(socket,',
      },
      {
        file: 'services/supervisor/access/handshake-pool.ts',
        code: 'this.#drop(this.#oldestOfLargest(),',
        instead: 'this.#drop(socket,',
      },
    ],
    shows: 'a client with a certificate is kept out',
  },
  {
    id: 'reader-streams',
    attack: 'A reader of control follows logs four thousand times, and takes all descriptors.',
    test: 'test/access/crowds.test.ts',
    title: 'a reader that opens four thousand followed logs has a few, and others are served',
    without: [
      {
        file: 'services/supervisor/access/limits.ts',
        code: 'if (counts[kind] >= own[kind])',
        instead: 'if (counts[kind] < 0)',
      },
      {
        file: 'services/supervisor/access/limits.ts',
        code: 'if (total[kind] >= all[kind])',
        instead: 'if (total[kind] < 0)',
      },
      {
        file: 'services/supervisor/access/limits.ts',
        code: 'if (peers.of(key).take() === undefined)',
        instead: 'if (peers === undefined)',
      },
      {
        file: 'services/supervisor/access/limits.ts',
        code: 'if (all.take() === undefined)',
        instead: 'if (all === undefined)',
      },
    ],
    shows: 'to be less than or equal to 8',
  },
  {
    id: 'control-socket-link',
    attack:
      'A service puts a link in the place of the control socket, just made: a file of the machine gets the mode ' +
      'that is meant for the socket.',
    test: 'services/supervisor/access/unix-socket.real.test.ts',
    title: 'attack: a link takes the place of the socket as soon as it is there',
    without: [
      {
        file: 'services/supervisor/access/unix-socket.ts',
        code: 'process.umask(before);',
        instead: "process.umask(before); (await import('node:fs')).chmodSync(path, mode);",
      },
    ],
    shows: 'to be 384',
  },
  {
    id: 'metadata-trust',
    attack: "Any disc labelled cidata gives somebody root's login.",
    test: 'services/metadata/trust/trust.test.ts',
    title: 'an image for production takes no key for root from a disc labelled cidata',
    without: [
      {
        file: 'services/metadata/trust/trust.ts',
        code: 'if (providers.includes(name)) return undefined;',
        instead: 'if (providers) return undefined;',
      },
    ],
    shows: 'ssh_authorized_keys',
  },
  {
    id: 'metadata-device',
    attack: 'A second disc beside the trusted one does the same.',
    test: 'services/metadata/trust/trust.test.ts',
    title: 'a second disc labelled cidata beside the trusted one is refused, also if it comes first',
    without: [
      { file: 'services/metadata/trust/trust.ts', code: 'onlyOne: true', instead: 'onlyOne: false' },
      {
        file: 'services/metadata/trust/trust.ts',
        code: "return trusted ? undefined : 'no device in metadata.trust of the manifest matches it';",
        instead: 'return void trusted;',
      },
    ],
    shows: 'attacker',
  },
  {
    id: 'metadata-signature',
    attack: 'User data that its owner has not signed counts.',
    test: 'services/metadata/trust/trust.test.ts',
    title: 'with signedBy only what the owner has signed counts',
    without: [
      { file: 'services/metadata/trust/trust.ts', code: 'onlyOne: true', instead: 'onlyOne: false' },
      {
        file: 'services/metadata/trust/trust.ts',
        code: 'signedBy && signatureFault(bytes, signature, signedBy)',
        instead: 'void [bytes, signature]',
      },
    ],
    shows: 'attacker',
  },
  {
    id: 'metadata-secrets',
    attack: 'A user of the machine reads the key in the copy of the user data.',
    test: 'services/metadata/apply-metadata.test.ts',
    title: 'a key in user data is readable only by root',
    without: [
      {
        file: 'lib/metadata/plan.ts',
        code: "path: 'userdata', mode: secretMode,",
        instead: "path: 'userdata', mode: 0o644,",
      },
    ],
    shows: '644',
  },
  {
    id: 'metadata-folders',
    attack: 'A user of the machine enters a folder of user data that has a mode.',
    test: 'services/metadata/apply-metadata.test.ts',
    title: 'a key in user data is readable only by root',
    without: [
      {
        file: 'lib/metadata/folder-modes.ts',
        code: 'for (const { path, mode } of folders) if (mode !== undefined) modes.set(path, mode);',
      },
    ],
    shows: '710',
  },
  ...(
    [
      ['netmask', 'a netmask of /0', 'prefix < leastPrefix ?', 'prefix < 0 ?'],
      [
        'routes',
        'routes for half of all addresses',
        '  if (prefix < leastPrefix) return prefixFault(prefix);\n',
        '',
      ],
      [
        'link-local',
        'a route to the metadata service of clouds',
        "return isLinkLocal(destination) ? 'link-local addresses are not routed' : undefined;",
        'return undefined;',
      ],
      [
        'resolver',
        'a resolver of 127.0.0.1',
        'options.dns.flatMap((each) =>',
        'options.dns ?? options.dns.flatMap((each) =>',
      ],
    ] as const
  ).map(
    ([id, what, code, instead]): Guard => ({
      id: `dhcp-${id}`,
      attack: `A host of the network answers as a DHCP server, with ${what}.`,
      test: 'services/dhcp/protocol/judge.test.ts',
      title: 'a lease with %s is taken without it, and the reason is named',
      without: [{ file: 'services/dhcp/protocol/judge.ts', code, instead }],
      shows: 'ignored',
    }),
  ),
  {
    id: 'unsigned-update',
    attack: 'Somebody with role debug brings services that no key of the image has signed.',
    test: 'test/supervisor/update.test.ts',
    title: 'an image with keys takes only what one of them has signed',
    without: [
      {
        file: 'services/supervisor/update/updater.ts',
        code: '!isSignedByOne(statement, signature, keys)',
        instead: 'false',
      },
    ],
    shows: "'taken'",
    root: true,
  },
  {
    id: 'replayed-update',
    attack:
      'Somebody with role debug sends an update again that a key of the image has signed for another time.',
    test: 'test/supervisor/update.test.ts',
    title: 'what was signed for another time or machine is refused',
    without: [
      {
        file: 'services/supervisor/update/updater.ts',
        code: 'read.challenge !== this.#challenge',
        instead: 'false',
      },
    ],
    shows: "'taken'",
    root: true,
  },
];
