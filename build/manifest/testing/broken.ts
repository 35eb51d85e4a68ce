/** An invalid manifest, and all errors expected for it: `line:column: message`. */
export interface BrokenManifest {
  readonly title: string;
  readonly text: string;
  readonly errors: readonly string[];
  /** Whether the JSON Schema rejects it, too. */
  readonly shape: boolean;
}

type Row = readonly [title: string, text: string, ...errors: string[]];

/** Violations of the field table. */
const shapes: readonly Row[] = [
  ['a string instead of a map', 'hello', '1:1: the manifest must be a map, not "hello"'],
  ['a list instead of a map', '- a', '1:1: the manifest must be a map, not a list'],
  [
    'an unknown key at the top',
    'service: []',
    '1:1: unknown key "service" in the manifest (did you mean "services"?)',
  ],
  ['a key unlike any known one', 'qqqqqqqqqqqq: 1', '1:1: unknown key "qqqqqqqqqqqq" in the manifest'],
  [
    'an unknown key of an entry',
    'services:\n  - name: a\n    imagee: b',
    '2:5: services[0] has no "image"',
    '3:5: unknown key "imagee" in services[0] (did you mean "image"?)',
  ],
  ['no name', 'onboot:\n  - image: b', '2:5: onboot[0] has no "name"'],
  [
    'a name with a slash',
    'services: [{name: ../a, image: x}]',
    '1:19: services[0].name must be a name of at most 76 letters and digits with single ".", "_" or ' +
      '"-" between them, other than audit, containerd, init and kernel, not "../a"',
  ],
  [
    'a name that is reserved for a log',
    'onboot: [{name: kernel, image: x}]',
    '1:17: onboot[0].name must be a name of at most 76 letters and digits with single ".", "_" or "-" ' +
      'between them, other than audit, containerd, init and kernel, not "kernel"',
  ],
  [
    'an image with a blank before it',
    'init: [" a"]',
    '1:8: init[0] must be the name of an image such as "pkg/sshd" or "./folder", not " a"',
  ],
  ['a map instead of a list', 'services: {name: a}', '1:11: services must be a list, not a map'],
  ['an item that is a string', 'services: [a]', '1:12: services[0] must be a map, not "a"'],
  [
    'a number for a string',
    'services: [{name: a, image: b, hostname: 5}]',
    '1:42: services[0].hostname must be a string, not the number 5 (put it in quotes: "5")',
  ],
  [
    'yes instead of true',
    'services: [{name: a, image: b, readonly: yes}]',
    '1:42: services[0].readonly must be true or false, not "yes" (write true)',
  ],
  [
    'an unknown capability',
    'services: [{name: a, image: b, capabilities: [CAP_NET_ADMN]}]',
    '1:47: services[0].capabilities[0] must be a capability such as "CAP_NET_ADMIN", "all" or "none", ' +
      'not "CAP_NET_ADMN" (did you mean "CAP_NET_ADMIN"?)',
  ],
  [
    'a bind without a destination',
    'services: [{name: a, image: b, binds: [/x]}]',
    '1:40: services[0].binds[0] must be "source:destination" or "source:destination:options", not "/x"',
  ],
  [
    'an unknown rlimit',
    'services: [{name: a, image: b, rlimits: ["files,1,2"]}]',
    '1:42: services[0].rlimits[0] must be "name,soft,hard" such as "nofile,1024,unlimited", not "files,1,2"',
  ],
  [
    'a device without a mode',
    'services: [{name: a, image: b, devices: [{path: /dev/x, type: c}]}]',
    '1:42: services[0].devices[0] has no "mode"',
  ],
  [
    'a device of an unknown type',
    'services: [{name: a, image: b, devices: [{path: all, type: x}]}]',
    '1:60: services[0].devices[0].type must be one of "a", "b", "c", "u", "p", not "x" (did you mean "a"?)',
  ],
  [
    'an invalid namespace',
    'services: [{name: a, image: b, ipc: none}]',
    '1:37: services[0].ipc must be one of "host", "root", "new" or an absolute path, not "none"',
  ],
  [
    'an unknown restart policy',
    'services: [{name: a, image: b, restart: onfailure}]',
    '1:41: services[0].restart must be one of "always", "on-failure", "no", not "onfailure" (did you ' +
      'mean "on-failure"?)',
  ],
  [
    'a time without a unit',
    'services: [{name: a, image: b, stopTimeout: "10"}]',
    '1:45: services[0].stopTimeout must be a time such as "10s", "500ms" or "2m", not "10"',
  ],
  [
    'two probes',
    'services: [{name: a, image: b, ready: {tcp: 1, file: /x}}]',
    '1:39: services[0].ready has "tcp" and "file": only one of them is allowed',
  ],
  [
    'a port out of range',
    'services: [{name: a, image: b, ready: {tcp: 70000}}]',
    '1:45: services[0].ready.tcp must be an integer from 1 to 65535, not the number 70000',
  ],
  [
    'an unknown key deep down',
    'services: [{name: a, image: b, resources: {memory: {limits: 1}}}]',
    '1:53: unknown key "limits" in services[0].resources.memory (did you mean "limit"?)',
  ],
  [
    'a mode that is a number',
    'files: [{path: a, contents: "", mode: 0644}]',
    '1:39: files[0].mode must be an octal number in quotes such as "0644", not the number 644 (put it ' +
      'in quotes)',
  ],
  [
    'a file without contents',
    'files: [{path: a}]',
    '1:9: files[0] needs one of "directory", "symlink", "contents", "source", "metadata"',
  ],
  [
    'a file with two kinds of contents',
    'files: [{path: a, contents: "", source: b}]',
    '1:9: files[0] has "contents" and "source": only one of them is allowed',
  ],
  [
    'a file outside of the root',
    'files: [{path: ../etc/passwd, contents: ""}]',
    '1:16: files[0].path must be a path without "..", not "../etc/passwd"',
  ],
  [
    'a volume with an upper-case name',
    'volumes: [{name: Data}]',
    '1:18: volumes[0].name must be a name of a-z, 0-9, "_" and "-", not "Data"',
  ],
  [
    'a command line of two lines',
    'kernel: {cmdline: "a\\nb"}',
    '1:19: kernel.cmdline must be one line of text, not "a\\nb"',
  ],
  ['a kernel that is a string', 'kernel: pkg/kernel', '1:9: kernel must be a map, not "pkg/kernel"'],
  ['an init that is a string', 'init: pkg/init', '1:7: init must be a list, not "pkg/init"'],
  [
    'an empty init item',
    'init:\n  -\n',
    '2:4: init[0] must be the name of an image such as "pkg/sshd" or "./folder", not nothing',
  ],
  [
    'a command that is a string',
    'services: [{name: a, image: b, command: /bin/sh -c x}]',
    '1:41: services[0].command must be a list, not "/bin/sh -c x"',
  ],
  [
    'a command with a number',
    'services: [{name: a, image: b, command: [sleep, 5]}]',
    '1:49: services[0].command[1] must be a string, not the number 5 (put it in quotes: "5")',
  ],
  [
    'an environment that is a map',
    'services: [{name: a, image: b, env: {A: b}}]',
    '1:37: services[0].env must be a list, not a map',
  ],
  [
    'a list key without a value',
    'services:\n  - name: a\n    image: b\n    binds:\n',
    '4:11: services[0].binds must be a list, not nothing (write [] for none)',
  ],
  [
    'a uid below 0',
    'services: [{name: a, image: b, uid: -1}]',
    '1:37: services[0].uid must be an integer from 0 to 4294967294 or a string, not the number -1',
  ],
  [
    'a huge uid',
    'services: [{name: a, image: b, uid: 99999999999}]',
    '1:37: services[0].uid must be an integer from 0 to 4294967294 or a string, not the number 99999999999',
  ],
  [
    'a sysctl that is a number',
    'services: [{name: a, image: b, sysctl: {net.ipv4.ip_forward: 1}}]',
    '1:62: services[0].sysctl.net.ipv4.ip_forward must be a string, not the number 1 (put it in quotes: "1")',
  ],
  [
    'memory with a unit',
    'services: [{name: a, image: b, resources: {memory: {limit: 64M}}}]',
    '1:60: services[0].resources.memory.limit must be an integer, -1 or more, not "64M"',
  ],
  [
    'a fraction for an integer',
    'services: [{name: a, image: b, resources: {pids: {limit: 1.5}}}]',
    '1:58: services[0].resources.pids.limit must be an integer, -1 or more, not the number 1.5',
  ],
  [
    'a mapping without its size',
    'services: [{name: a, image: b, uidMappings: [{hostID: 0, containerID: 0}]}]',
    '1:46: services[0].uidMappings[0] has no "size"',
  ],
  [
    'a key of newer LinuxKit versions',
    'services: [{name: a, image: b, apparmor: x}]',
    '1:32: unknown key "apparmor" in services[0]',
  ],
  [
    'a label key in the wrong case',
    'services: [{name: a, image: b, maskedpaths: [/a]}]',
    '1:32: unknown key "maskedpaths" in services[0] (did you mean "maskedPaths"?)',
  ],
  [
    'an unknown format of a volume',
    'volumes: [{name: a, format: ext4}]',
    '1:29: volumes[0].format must be one of "filesystem", "oci", not "ext4"',
  ],
  [
    'a platform without its architecture',
    'volumes: [{name: a, image: b, format: oci, platforms: [linux]}]',
    '1:56: volumes[0].platforms[0] must be "os/arch", not "linux"',
  ],
  [
    'a mode with the digit 9',
    'files: [{path: a, contents: "", mode: "0999"}]',
    '1:39: files[0].mode must be an octal number in quotes such as "0644", not "0999"',
  ],
  ['a file without a path', 'files: [{contents: ""}]', '1:9: files[0] has no "path"'],
  [
    'a file with a NUL in its path',
    'files: [{path: "a\\0b", contents: ""}]',
    '1:16: files[0].path must be a path without "..", not "a\\u0000b"',
  ],
  [
    'keys that nothing obeys in their section',
    'onboot: [{name: a, image: x, restart: "no"}]\n' +
      'onshutdown: [{name: b, image: x, restart: always, ready: {tcp: 1}}]\n' +
      'services: [{name: c, image: x, onFailure: halt}]',
    '1:30: restart means nothing in onboot[0]: it is for services',
    '2:34: restart means nothing in onshutdown[0]: it is for services',
    '2:51: ready means nothing in onshutdown[0]: it is for services',
    '3:32: onFailure means nothing in services[0]: it is for onboot and onshutdown',
  ],
  ['a dangerous key', '__proto__: {}', '1:1: unknown key "__proto__" in the manifest'],
];

/** Invalid YAML, and values that are invalid only in combination. */
const beyond: readonly Row[] = [
  ['too many lines', '\n'.repeat(50_000), 'Cannot read "x.yml": it has more than 50000 lines'],
  [
    'not YAML',
    'a: [',
    '1:5: invalid YAML: flow sequence in block collection must be sufficiently indented and end with a ]',
  ],
  ['a tab for indentation', 'kernel:\n\timage: x', '2:1: invalid YAML: tabs are not allowed as indentation'],
  ['a duplicate key', 'init: []\ninit: []', '2:1: duplicate key "init"'],
  [
    'a duplicate name',
    'services:\n  - {name: a, image: x}\n  - {name: a, image: y}',
    '3:12: name "a" is already used by services[0]',
  ],
  [
    'names of images that are none, and other errors',
    'init: [Redis, "a b", x]\nvolumes: [{name: v, image: "docker-daemon:x:1"}]\nfoo: 1',
    '1:8: Cannot use image name "Redis": "Redis" is not a valid part of a name: names are lower-case',
    '1:15: Cannot use image name "a b": "a b" is not a valid part of a name: it may hold a-z, 0-9, ' +
      '".", "_", "-"',
    '2:28: Cannot use image name "docker-daemon:x:1": kit does not read images by "docker-daemon:"',
    '3:1: unknown key "foo" in the manifest',
  ],
  ['a key that is a list', '? [a]\n: b', '1:3: a key must be a string, not a list or a map'],
  ['deep nesting', '['.repeat(100), '1:42: nested more than 40 levels deep'],
  [
    'an alias without an anchor',
    'init: *x',
    '1:1: invalid YAML: unresolved alias (the anchor must be set before the alias): x',
  ],
  [
    'too many characters',
    `# ${'x'.repeat(1 << 20)}`,
    'Cannot read "x.yml": it has 1048578 characters, the limit is 1048576',
  ],
  [
    'a BOM in the middle',
    'init: []\n\ufeffkernel: {}\n',
    '2:1: unknown key "\\ufeffkernel" in the manifest (did you mean "kernel"?)',
  ],
  [
    'a Unicode line separator',
    'init: []\u2028kernel: {}\n',
    '1:9: invalid YAML: unexpected scalar at node end',
  ],
  [
    'a merge key that is not a map',
    'a: &a [x]\nkernel: {<<: *a}',
    '1:1: invalid YAML: merge sources must be maps or map aliases',
  ],
  [
    'a tag of another language',
    'init: !!python/object x',
    '1:7: invalid YAML: unresolved tag: tag:yaml.org,2002:python/object',
  ],
];

const broken = (rows: readonly Row[], shape: boolean): BrokenManifest[] =>
  rows.map(([title, text, ...errors]) => ({ title, text, errors, shape }));

export const brokenManifests: readonly BrokenManifest[] = [...broken(shapes, true), ...broken(beyond, false)];
