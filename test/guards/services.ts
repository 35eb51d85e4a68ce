import type { Guard } from './guard.ts';

/** A service that is broken into, against the machine and the other services. */
export const ofServices: readonly Guard[] = [
  {
    id: 'core-pattern',
    attack:
      'A service without capabilities writes the settings of the kernel: the program that it starts for a ' +
      'crash or a missing module, the host name, SysRq.',
    test: 'test/vm/production.test.ts',
    title: 'root of a service without privileges cannot write settings',
    without: [
      {
        file: 'build/spec/containment/containment.ts',
        code: 'readonlyPaths: notMounted(networks ? readonlyExceptNetwork : readonlyPaths, own),',
        instead: "readonlyPaths: [], userns: 'host',",
      },
    ],
    shows: '"core_pattern": "succeeded"',
  },
  {
    id: 'proc-sys',
    attack: 'The same, as far as config.json tells: /proc/sys is writable in it.',
    test: 'build/spec/containment/containment.test.ts',
    title: 'cannot write',
    without: [
      {
        file: 'build/spec/containment/containment.ts',
        code: 'readonlyPaths: notMounted(networks ? readonlyExceptNetwork : readonlyPaths, own),',
      },
    ],
    shows: 'expected true to be false',
  },
  {
    id: 'seccomp',
    attack: 'A service makes system calls that most programs never need: for keyrings, io_uring, namespaces.',
    test: 'test/vm/prisoner.test.ts',
    title: 'root of a service cannot write settings, mount, make namespaces, devices or keys',
    without: [
      {
        file: 'build/spec/containment/containment.ts',
        code: "seccomp: all ? 'unconfined' : 'default',",
        instead: "seccomp: 'unconfined',",
      },
    ],
    shows: 'keyring',
  },
  {
    id: 'read-only-binds',
    attack: 'A service writes to a disk that is mounted below what it has with `ro`.',
    test: 'test/vm/prisoner.test.ts',
    title: 'a bind with "ro" is read-only with all that is mounted below it',
    without: [
      {
        file: 'build/spec/demands/mounts.ts',
        code: "const words = isReadOnlyTree(all) ? [...all, 'rro'] : all;",
        instead: 'const words = all;',
      },
    ],
    shows: 'Read-only file system',
  },
  {
    id: 'landlock',
    attack:
      'A service reads, writes, executes, listens and connects beyond the rules that its manifest has for it.',
    test: 'test/vm/landlock.test.ts',
    title: 'attack: a service reads, writes, executes, listens and connects beyond its rules',
    without: [
      {
        file: 'build/spec/containment/landlock.ts',
        code: '[...landlockPrefix(landlock), ...process.args]',
        instead: 'process.args',
      },
    ],
    shows: '"read a file": "succeeded"',
  },
  {
    id: 'landlock-exec',
    attack: 'A service lets the programs that kit runs in its container do what its rules refuse to itself.',
    test: 'test/vm/landlock.test.ts',
    title: 'attack: it lets what kit starts in its container do what it may not itself',
    without: [
      {
        file: 'services/supervisor/exec/in-container.ts',
        code: '...confinedCommand(process.args ?? []).prefix, ',
      },
    ],
    shows: 'EACCES',
  },
  {
    id: 'no-new-privileges',
    attack: 'A program with a set-user-ID bit gives its service privileges.',
    test: 'build/spec/containment/containment.test.ts',
    title: 'gains no privilege, no device, and has limits',
    without: [
      {
        file: 'build/spec/containment/containment.ts',
        code: '...(!all && { noNewPrivileges: true }),',
      },
    ],
    shows: 'expected undefined to be true',
  },
  {
    id: 'task-limit',
    attack: 'A service starts processes without end.',
    test: 'build/spec/containment/containment.test.ts',
    title: 'gains no privilege, no device, and has limits',
    without: [
      {
        file: 'build/spec/containment/containment.ts',
        code: "added.set('resources', { ...resources, pids: { ...resources.pids, limit: pidsLimit } });",
      },
    ],
    shows: 'limit',
  },
  {
    id: 'memory-limit',
    attack: 'A service takes all memory of the machine.',
    test: 'services/supervisor/service/memory-limit.test.ts',
    title: 'a service that sets no limit gets that of the machine',
    without: [
      {
        file: 'services/supervisor/service/memory-limit.ts',
        code: 'memory: { ...resources.memory, limit }',
        instead: 'memory: { ...resources.memory }',
      },
    ],
    shows: '314572800',
  },
  {
    id: 'standard-input',
    attack: "A service takes the machine's /dev/null, its standard input, from all others.",
    test: 'init/host/mounts.test.ts',
    title: "attack: a container takes the machine's /dev/null",
    without: [
      {
        file: 'init/host/mounts.ts',
        code: 'if (!mounted.has(path) && system.files.has(path)) sealDevice(system, path);',
        instead: '{}',
      },
    ],
    shows: 'mount /dev/null /dev/null bind,ro',
  },
  {
    id: 'service-folders',
    attack:
      'A service puts links into its folder for debuggers: what the supervisor writes there truncates a ' +
      'file of the machine.',
    test: 'services/supervisor/tunnel/inspector.real.test.ts',
    title: 'links that a service puts in its folder for debuggers do not truncate',
    without: [
      {
        file: 'lib/files/service-folder.ts',
        code: '    this.remove(name);\n    this.#reworded(name, () => closeSync(openSync(this.#path(name), newFile, mode)));',
        instead: "    writeFileSync(this.#path(name), '');",
      },
    ],
    shows: "to be 'precious'",
  },
  {
    id: 'service-links',
    attack: 'A service puts a link to a file of the machine where the machine reads a file of the service.',
    test: 'lib/files/service-folder.test.ts',
    title: 'a link, a fifo, a folder and a large file are not read',
    without: [
      {
        file: 'lib/files/service-file.ts',
        code: 'constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK',
        instead: 'constants.O_RDONLY | constants.O_NONBLOCK',
      },
    ],
    shows: 'to be undefined',
  },
  {
    id: 'hidden-paths',
    attack: 'An entry hides a path below a bind, and so hides it in the machine and in all its containers.',
    test: 'build/spec/oci/mounts.test.ts',
    title: 'a bind with a hidden path below it',
    without: [
      {
        file: 'build/spec/oci/hidden-paths.ts',
        code: "  return options.some(isPropagation) ? [...options] : [...options, 'rslave'];",
        instead: '  return [...options, ...otherwise];',
      },
    ],
    shows: 'rslave',
  },
];
