import type { Guard } from './guard.ts';

/** Somebody at the console or with the disk, and other users of the host that runs the machine. */
export const ofMachines: readonly Guard[] = [
  {
    id: 'sysrq',
    attack: "Somebody at the console of a production image uses the kernel's SysRq functions.",
    test: 'init/host/sysctls.test.ts',
    title: 'in an image for production, more so: no SysRq',
    without: [{ file: 'init/host/sysctl-table.ts', code: "  { path: 'kernel/sysrq', production: '0' },\n" }],
    shows: "expected undefined to be '0'",
  },
  {
    id: 'core-dumps',
    attack: "A program's crash writes its memory to a file, though the image is for production.",
    test: 'init/host/sysctls.test.ts',
    title: 'in an image for production, more so: no SysRq',
    without: [
      {
        file: 'init/host/sysctl-table.ts',
        code: "  { path: 'kernel/core_pattern', production: '|/bin/false' },\n",
      },
    ],
    shows: "expected undefined to be '|/bin/false'",
  },
  {
    id: 'core-dump-limit',
    attack: 'The same, by the limit that it starts with.',
    test: 'init/host/production.test.ts',
    title: 'an image for production dumps no core',
    without: [{ file: 'init/host/production.ts', code: "  context.system.setLimit('CORE', 0);\n" }],
    shows: 'limit CORE 0',
  },
  {
    id: 'kernel-words',
    attack:
      "A manifest for production has words on the kernel's command line that open the console, with dashes.",
    test: 'build/image/plan/production.test.ts',
    title: 'the word %s, which opens the console, is refused as the kernel reads it',
    without: [{ file: 'lib/cmdline/kernel-words.ts', code: ".replaceAll('-', '_'),", instead: ',' }],
    shows: "on the kernel's command line",
  },
  {
    id: 'quoted-words',
    attack: 'The same, in quotes.',
    test: 'build/image/plan/production.test.ts',
    title: 'the word %s, which opens the console, is refused as the kernel reads it',
    without: [
      {
        file: 'lib/cmdline/kernel-words.ts',
        code: "bytes.startsWith('\"') ? bytes.slice(1).replace(/\"$/, '') : bytes",
        instead: 'bytes',
      },
    ],
    shows: "on the kernel's command line",
  },
  {
    id: 'kernel-debuggers',
    attack: 'The same, with a debugger of the kernel.',
    test: 'build/image/plan/production.test.ts',
    title: 'the word %s, which opens the console, is refused as the kernel reads it',
    without: [{ file: 'build/image/plan/production.ts', code: '  ekgdboc: debuggerOfKernel,\n' }],
    shows: "on the kernel's command line",
  },
  {
    id: 'escape-codes',
    attack: 'Escape codes of a service reach the terminal, with its incidents.',
    test: 'build/machine/logs/incidents.test.ts',
    title: 'escape codes of a service do not reach the terminal, nor do they add lines',
    without: [
      {
        file: 'build/machine/logs/incidents.ts',
        code: 'visible(line)',
        instead: 'line',
      },
    ],
    shows: 'not to match',
  },
  {
    id: 'console-codes',
    attack: 'The same, with the last screen of a console.',
    test: 'build/machine/logs/show-console.test.ts',
    title: 'the log of the console makes no terminal act; a file gets it as it is',
    without: [
      {
        file: 'build/machine/logs/show-console.ts',
        code: 'stdout.isTTY ? consoleText() : (some: Buffer) => some',
        instead: 'consoleText ? (some: Buffer) => some : undefined',
      },
    ],
    shows: 'x1b',
  },
  {
    id: 'debugger-users',
    attack: 'Another user of the host runs code in a service, by the port of kit debug.',
    test: 'build/machine/debug/server.real.test.ts',
    title: 'another user of this host learns no address and runs no code',
    without: [
      {
        file: 'build/machine/debug/guard.ts',
        code: 'if (uid !== undefined && ownUsers().includes(uid)) return undefined;',
        instead: 'if (ownUsers()) return undefined;',
      },
    ],
    shows: "to be '403'",
    root: true,
  },
  {
    id: 'debugger-path',
    attack: 'The same, by the address that every user can guess.',
    test: 'build/machine/debug/server.real.test.ts',
    title: 'the path is a secret, which the title is not',
    without: [
      {
        file: 'build/machine/debug/server.ts',
        code: 'reason !== undefined || request.url',
        instead: 'reason !== undefined || false && request.url',
      },
    ],
    shows: 'resolved',
  },
  {
    id: 'debugger-pages',
    attack: "A page of another site, open in this user's browser, does the same.",
    test: 'build/machine/debug/server.real.test.ts',
    title: '%s is refused',
    without: [
      {
        file: 'build/machine/debug/guard.ts',
        code: '.test(host)) return',
        instead: ".test('localhost')) return",
      },
      {
        file: 'build/machine/debug/guard.ts',
        code: '!ownPages.test(origin)',
        instead: '!ownPages',
      },
    ],
    shows: 'resolved',
  },
  {
    id: 'compiled-code',
    attack: "Code that another user has planted in a shared folder is run as the user's own.",
    test: 'test/cli/launcher.test.ts',
    title: 'compiled code that another user has planted is not run',
    without: [
      {
        file: 'kit',
        code: ' && private "$cache/compile"; then',
        instead: ' && compiled=$cache/compile; then',
      },
    ],
    shows: "to be 'nowhere'",
    root: true,
  },
  {
    id: 'foreign-cache',
    attack: 'The cache is in a folder that other users write.',
    test: 'build/host/users/private-folder.test.ts',
    title: 'a folder of another user, or in one',
    without: [
      {
        file: 'build/host/users/private-folder.ts',
        code: 'if (!isTrusted(found.uid)) return',
        instead: 'if (!found) return',
      },
    ],
    shows: 'user 1234 owns',
    root: true,
  },
  {
    id: 'cache-seals',
    attack: 'A file that another user could change counts as whole by its time.',
    test: 'build/cache/cache.real.test.ts',
    title: 'a blob %s is hashed whatever its time: others can set that too',
    without: [
      {
        file: 'build/cache/seal.ts',
        code: ' && (found.mode & writtenByOthers) === 0 && isTrusted(found.uid);',
        instead: ';',
      },
    ],
    shows: 'expected true to be false',
    root: true,
  },
  {
    id: 'locked-layers',
    attack: 'The same with --locked, where bytes are compared.',
    test: 'build/layers/erofs.real.test.ts',
    title: 'with --locked a file system of the cache has the bytes that were made',
    without: [
      { file: 'build/layers/erofs.ts', code: '  if (!locked) return true;\n', instead: '  return true;\n' },
    ],
    shows: 'resolved',
  },
  {
    id: 'qemu-sandbox',
    attack: 'A broken QEMU starts programs of the host.',
    test: 'build/qemu/qemu-arguments.test.ts',
    title: "QEMU's command line",
    without: [
      {
        file: 'build/qemu/qemu-arguments.ts',
        code: '...(spec.sandbox ? sandbox(spec) : []),',
        instead: '...(spec.sandbox && !sandbox ? [] : []),',
      },
    ],
    shows: '-sandbox',
  },
  {
    id: 'login-keyring',
    attack: "A machine reads the keys of its user's login.",
    test: 'lib/linux/process/keyring.real.test.ts',
    title: 'the keys of the login stay behind',
    without: [
      { file: 'lib/linux/process/keyring.ts', code: "    rawCall('keyctl', KEYCTL_JOIN_SESSION_KEYRING);\n" },
    ],
    shows: 'not to be',
  },
];
