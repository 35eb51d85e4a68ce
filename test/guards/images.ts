import type { Guard } from './guard.ts';

/** Whoever wrote an image, a manifest or an archive, or is on the way to one. */
export const ofImages: readonly Guard[] = [
  {
    id: 'image-user',
    attack: 'An image for an unprivileged user runs as root.',
    test: 'test/registry/foreign-labels.test.ts',
    title: 'an image that names a user by its own /etc/passwd runs as that user',
    without: [
      {
        file: 'build/spec/bundle.ts',
        code: 'before.some(setsUser) ? undefined : needUser(user)',
        instead: 'void needUser',
      },
    ],
    shows: '1000',
  },
  {
    id: 'foreign-label',
    attack: 'The label of an image from a registry grants itself all capabilities, / and all devices.',
    test: 'test/registry/foreign-labels.test.ts',
    title: 'the label of an image from a registry cannot grant itself the machine',
    without: [
      {
        file: 'build/spec/bundle.ts',
        code: 'ofKit && context.foreign && refuseUntrusted(entry, labelSources(entry.image.text, image))',
        instead: 'void refuseUntrusted',
      },
    ],
    shows: 'resolved',
  },
  {
    id: 'url-manifest',
    attack: 'A manifest from a URL names a file of the builder, such as a key.',
    test: 'build/manifest/fetch.real.test.ts',
    title: 'a manifest of another host names no file of this one',
    without: [{ file: 'build/manifest/read.ts', code: '  if (isRemote) refuseLocalFiles(manifest);\n' }],
    shows: 'the manifest is taken',
  },
  {
    id: 'url-downgrade',
    attack: 'A redirect leads the fetch of a manifest from https to http.',
    test: 'build/manifest/fetch.real.test.ts',
    title: 'a redirect from https to http is not followed',
    without: [
      {
        file: 'build/manifest/fetch.ts',
        code: "if (at.protocol === 'https:' && to.protocol === 'http:')",
        instead: 'if (!to)',
      },
    ],
    shows: 'resolved',
  },
  {
    id: 'token-downgrade',
    attack: 'A registry with TLS names a token service without, which gets the password.',
    test: 'build/registry/downgrade.test.ts',
    title: 'a registry with TLS that names the token service %s does not get the password',
    without: [
      {
        file: 'build/registry/token.ts',
        code: '(isOpen && !isLocal)',
        instead: '(isOpen && !isLocal && !isOpen)',
      },
    ],
    shows: "to throw error including 'cannot be used'",
  },
  {
    id: 'upload-downgrade',
    attack: 'A registry leads a redirect or an upload from https to http.',
    test: 'build/registry/downgrade.test.ts',
    title: 'an upload does not go on without TLS',
    without: [
      {
        file: 'build/registry/moved.ts',
        code: "if (url.protocol === 'https:' && next.protocol === 'http:')",
        instead: 'if (!next)',
      },
    ],
    shows: 'to throw',
  },
  {
    id: 'archive-bombs',
    attack: 'An archive unpacks without end.',
    test: 'build/binary/compressed/compression.test.ts',
    title: '$0 that grows beyond its bound is refused, and its file closed',
    without: [
      {
        file: 'build/binary/compressed/bound.ts',
        code: 'if (size > bound.bytes) throw new GrowsTooLarge(bound);',
      },
    ],
    shows: 'resolved',
  },
  {
    id: 'layer-bombs',
    attack: 'Many layers, each of them harmless, grow without end together.',
    test: 'build/transfer/layer-budget.test.ts',
    title: 'many layers, each below the limit of one, cannot grow without end together',
    without: [
      {
        file: 'build/transfer/layer-budget.ts',
        code: 'if (spent <= limit) return;',
        instead: 'if (limit) return;',
      },
    ],
    shows: 'expected 127 to be 12',
  },
  {
    id: 'security-suite',
    attack: 'A mirror holds back security fixes.',
    test: 'build/tools/apt/resolve.real.test.ts',
    title: 'a fix that only the security suite has is taken, with the suite it is from',
    without: [
      {
        file: 'build/debian/archive/package-list.ts',
        code: 'security === undefined ? suitesOf(suite).slice(0, 1) : suitesOf(suite);',
        instead: 'suitesOf(suite).slice(0, 1);',
      },
    ],
    shows: 'aa 1.0',
  },
  {
    id: 'copied-names',
    attack: 'A machine that is asked for app.log sends .ssh/authorized_keys.',
    test: 'build/machine/copy/hostile-machine.test.ts',
    title: 'a machine that is asked for app.log cannot write another file',
    without: [
      {
        file: 'lib/copy/accepted.ts',
        code: "if (entry.path !== name || (name === '' && entry.type !== 'directory')) throw unasked(entry.path, name);",
      },
    ],
    shows: 'resolved',
  },
  {
    id: 'copied-links',
    attack: 'A link of the machine leads out of what was copied.',
    test: 'build/machine/copy/hostile-machine.test.ts',
    title: 'no link leads out of what was copied',
    without: [
      {
        file: 'lib/copy/accepted.ts',
        code: "return linkname.startsWith('/') || ups > depth || parts.slice(ups).includes('..');",
        instead: 'return depth < 0 && ups > 0;',
      },
    ],
    shows: 'Error: ',
  },
  {
    id: 'changed-program',
    attack: 'A byte of a program that firmware starts is changed after it was signed.',
    test: 'test/secure-boot/commands.test.ts',
    title: 'what UEFI starts is signed',
    without: [
      {
        file: 'build/signing/efi/verify-program.ts',
        code: '!hashIn(content).equals(hash)',
        instead: 'hashIn(content).length !== hash.length',
      },
    ],
    shows: 'its signature is for other bytes',
  },
];
