import { choice, either, type Fields, flag, list, record, text, textLike, whole } from './kinds.ts';
import { capabilities, rlimits } from './names.ts';
import { device, idMapping, mount, octal, resources, runtime, texts } from './oci-fields.ts';

/**
 * The table of the manifest's fields: key, kind, help, default. Parsing, validation, messages, types, schema and
 * documentation come from these rows; what a field does to the OCI runtime spec is in build/spec.
 */

const alternatives = (words: readonly string[]): string => words.join('|');

const capability = textLike(
  new RegExp(`^(?:${alternatives(capabilities)}|[aA][lL][lL]|[nN][oO][nN][eE])$`),
  'a capability such as "CAP_NET_ADMIN", "all" or "none"',
  [...capabilities, 'all', 'none'],
);
const rlimit = textLike(
  new RegExp(
    `^(?:RLIMIT_)?(?:${alternatives(rlimits)}),(?:\\d{1,19}|unlimited),(?:\\d{1,19}|unlimited)$`,
    'i',
  ),
  '"name,soft,hard" such as "nofile,1024,unlimited"',
);
const bind = textLike(/^[^:]+:[^:]+(?::[^:]+)?$/, '"source:destination" or "source:destination:options"');
const tmpfs = textLike(/^\/[^:]*(?::[^:]+)?$/, '"/destination" or "/destination:options"');
const duration = textLike(/^\d{1,9}(?:ms|s|m|h)$/, 'a time such as "10s", "500ms" or "2m"');
const signal = textLike(/^SIG[A-Z0-9+-]{2,12}$/, 'a signal such as "SIGTERM"');
const id = either(whole(0, 4294967295), text);

/** A field of an image entry that an image's label may set too. */
export const entryDefaults = {
  capabilities: {
    kind: list(capability),
    help: 'Capabilities of the container: upper-case names, or one of `all`, `none`.',
    default: 'none',
  },
  'capabilities.add': { kind: list(capability), help: 'Capabilities besides those of the label.' },
  ambient: { kind: list(capability), help: 'Ambient capabilities.', default: 'none' },
  mounts: { kind: list(mount), help: 'Mounts, in full.' },
  binds: {
    kind: list(bind),
    help: 'Bind mounts, `source:destination[:options]`; a source without `/` is a volume.',
  },
  'binds.add': { kind: list(bind), help: 'Bind mounts besides those of the label.' },
  tmpfs: { kind: list(tmpfs), help: 'Memory file systems, `destination[:options]`.' },
  devices: { kind: list(device), help: 'Device nodes, and leave to use them.' },
  command: { kind: list(text), help: "What runs, instead of the image's entry point and command." },
  env: { kind: list(text), help: 'Environment, `NAME=value`; replaces that of the image whole.' },
  cwd: { kind: text, help: 'Working folder.', default: 'that of the image, or /' },
  net: {
    kind: text,
    help: 'Network namespace: `host` or `root`, `new` or `none`, or a path.',
    default: 'root',
  },
  ipc: { kind: text, help: 'IPC namespace: `host` or `root`, `new`, or a path.', default: 'root' },
  uts: { kind: text, help: 'UTS namespace: `host` or `root`, `new`, or a path.', default: 'root' },
  pid: { kind: text, help: 'PID namespace: `host` or `root`, `new`, or a path.', default: 'new' },
  userns: { kind: text, help: 'User namespace: `host` or `root`, `new`, or a path.', default: 'root' },
  hostname: { kind: text, help: 'Host name, in a UTS namespace of its own.' },
  readonly: { kind: flag, help: 'The root file system cannot be written to.', default: 'false' },
  maskedPaths: { kind: list(text), help: 'Paths hidden from the container.' },
  readonlyPaths: { kind: list(text), help: 'Paths that cannot be written to.' },
  uid: { kind: id, help: 'User: a number, or the name of an entry.', default: '0' },
  gid: { kind: id, help: 'Group: a number, or the name of an entry.', default: '0' },
  additionalGids: { kind: list(id), help: 'More groups.' },
  noNewPrivileges: { kind: flag, help: 'No program may gain privileges.', default: 'false' },
  oomScoreAdj: { kind: whole(-1000, 1000), help: 'How willingly the kernel kills it when memory runs out.' },
  rootfsPropagation: { kind: text, help: 'Mount propagation of the root: `shared`, `slave`, `private`…' },
  cgroupsPath: { kind: text, help: 'Control group.', default: '/svc/NAME or /onboot/NAME' },
  resources: { kind: resources, help: 'Limits.' },
  sysctl: { kind: texts, help: 'Kernel settings for the namespaces of the container.' },
  rlimits: { kind: list(rlimit), help: 'Limits of setrlimit(2), `name,soft,hard`.' },
  uidMappings: { kind: list(idMapping), help: 'User ids in a user namespace.' },
  gidMappings: { kind: list(idMapping), help: 'Group ids in a user namespace.' },
  annotations: { kind: texts, help: 'Free text for tools.' },
  runtime: { kind: runtime, help: 'What is prepared around the container.' },
  restart: {
    kind: choice('always', 'on-failure', 'no'),
    help: 'What happens when the service ends.',
    default: 'always',
  },
  after: { kind: list(text), help: 'Services that must be ready first.' },
  ready: {
    kind: record({
      tcp: { kind: whole(1, 65535), help: 'A port of the machine accepts connections.' },
      file: { kind: textLike(/^\//, 'an absolute path'), help: 'A file exists in the machine.' },
    }),
    help: 'How to tell that the service is ready; one key.',
    default: 'when it runs',
  },
  stopSignal: { kind: signal, help: 'What asks it to stop.', default: 'SIGTERM' },
  stopTimeout: { kind: duration, help: 'How long it may take to stop before it is killed.', default: '10s' },
  onFailure: {
    kind: choice('continue', 'halt', 'reboot'),
    help: 'What a failing onboot or onshutdown entry does.',
    default: 'continue',
  },
  timeout: {
    kind: duration,
    help: 'How long an onboot or onshutdown entry may run; `0s` for ever.',
    default: '0s',
  },
  ociRuntime: {
    kind: choice('crun', 'runc'),
    help: 'The program that starts the container.',
    default: 'crun',
  },
} as const satisfies Fields;

/** containerd takes no other names (its identifiers), and the name is a folder in the image. */
const entryName = textLike(
  /^(?=.{1,76}$)[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*$/,
  'a name of letters and digits, with single ".", "_" or "-" between them, at most 76',
);
/** References, `pkg/x` and `./folder`; resolved in build/packages. */
const image = textLike(/^[^\s\p{Cc}]{1,512}$/u, 'the name of an image such as "pkg/sshd" or "./folder"');

export const entryFields = {
  name: { kind: entryName, help: 'Name of the container.', required: true },
  image: { kind: image, help: 'Its root file system.', required: true },
  ...entryDefaults,
} as const satisfies Fields;

export const kernelFields = {
  image: { kind: image, help: 'The image that holds the kernel.' },
  cmdline: { kind: textLike(/^[^\n\0]*$/, 'one line of text'), help: 'Kernel command line.' },
  binary: {
    kind: textLike(/^[^/\0]+$/, 'a file name'),
    help: "The kernel's file name in the image.",
    default: 'kernel',
  },
  tar: {
    kind: textLike(/^[^/\0]*$/, 'a file name, or "none"'),
    help: 'The archive with the modules in the image; `none` for none.',
    default: 'kernel.tar',
  },
  ucode: { kind: textLike(/^[^/\0]+$/, 'a file name'), help: 'The CPU microcode archive in the image.' },
} as const satisfies Fields;

const filePath = textLike(/^(?!.*(?:^|\/)\.\.(?:\/|$))[^\0]{1,4095}$/, 'a path without ".."');

export const fileFields = {
  path: { kind: filePath, help: 'Path in the machine.', required: true },
  directory: { kind: flag, help: 'Make a folder.' },
  symlink: { kind: textLike(/^[^\0]{1,4095}$/, 'a path'), help: 'Make a symbolic link to this.' },
  contents: { kind: text, help: 'The text of the file.' },
  source: {
    kind: text,
    help: "A file to copy: relative to the manifest's folder, else to the current one; `~/` is home.",
  },
  metadata: { kind: choice('yaml', 'json'), help: 'The merged manifest itself.' },
  optional: { kind: flag, help: 'Left out when `source` does not exist.' },
  mode: { kind: octal, help: 'Permission bits.', default: '"0600"; folders "0700"' },
  uid: { kind: id, help: 'Owner: a number, or the name of an entry.', default: '0' },
  gid: { kind: id, help: 'Group: a number, or the name of an entry.', default: '0' },
} as const satisfies Fields;

export const volumeFields = {
  name: {
    kind: textLike(/^[a-z0-9_-]{1,64}$/, 'a name of a-z, 0-9, "_" and "-"'),
    help: 'Name that `binds` use.',
    required: true,
  },
  image: { kind: image, help: 'What it holds at first.' },
  readonly: { kind: flag, help: 'Nobody may write to it.', default: 'false' },
  format: {
    kind: choice('filesystem', 'oci'),
    help: 'The content of the image, or the image itself as an OCI layout.',
    default: 'filesystem',
  },
  platforms: {
    kind: list(textLike(/^[a-z0-9]+\/[a-z0-9]+(?:\/[a-z0-9]+)?$/, '"os/arch"')),
    help: 'Which platforms of the image.',
  },
} as const satisfies Fields;

const trustFields = {
  image: { kind: list(text), help: 'Ignored.' },
  org: { kind: list(text), help: 'Ignored.' },
} as const satisfies Fields;

const entries = list(record(entryFields));

/** The top of the document. */
export const manifestFields = {
  kernel: { kind: record(kernelFields), help: 'The kernel and its command line.' },
  init: { kind: list(image), help: 'Images unpacked over each other: the root file system of the machine.' },
  onboot: { kind: entries, help: 'Containers that run one after another before the services.' },
  onshutdown: { kind: entries, help: 'Containers that run when the machine ends.' },
  services: { kind: entries, help: 'Containers that run all the time.' },
  files: { kind: list(record(fileFields)), help: 'Files added to the root file system.' },
  volumes: { kind: list(record(volumeFields)), help: 'Folders that containers share.' },
  trust: { kind: record(trustFields), help: "Accepted for LinuxKit's sake, and ignored." },
} as const satisfies Fields;
