import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { formatNames } from '../../build/outputs/formats.ts';
import { faults, leftovers } from './faults.ts';
import { CliWorld } from './world.ts';

let world: CliWorld;
let cache: string;
let taken: Server;
let port: number;

beforeAll(async () => {
  world = await CliWorld.make();
  cache = world.newCache();
  taken = createServer().listen(0, '127.0.0.1');
  port = await new Promise((resolve) => {
    taken.once('listening', () => {
      const address = taken.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });
}, 300_000);

afterAll(() => {
  taken.close();
  world.remove();
});

/** Runs the command, and checks that it left no incomplete files. */
async function fails(...args: string[]): Promise<{ status: number | null; stderr: string }> {
  const { status, stderr, stdout } = await world.kit(cache, ...args);
  expect(stdout).toBe('');
  expect(existsSync(world.path('out'))).toBe(false);
  expect([...faults(cache), ...leftovers(cache)]).toEqual([]);
  // The folder's name differs in each run.
  return { status, stderr: stderr.replaceAll(world.dir, '/dir') };
}

const head = 'kernel: {image: ./kernel}\ninit: [./init]\n';

describe('a manifest is rejected with the position of the error', () => {
  test.each<[string, string, string]>([
    [
      'an unknown key',
      `${head}servises: []\n`,
      `error: bad.yml:3:1: unknown key "servises" in the manifest (did you mean "services"?)
    3 | servises: []
      | ^
`,
    ],
    [
      'values of the wrong type, all at once',
      `${head}services:\n  - {name: 3, image: ./web, readonly: maybe}\nfiles: motd\n`,
      `error: bad.yml:4:12: services[0].name must be a name of at most 76 letters and digits with single ".", "_" or "-" between them, other than audit, containerd, init and kernel, not the number 3 (put it in quotes)
    4 |   - {name: 3, image: ./web, readonly: maybe}
      |            ^
error: bad.yml:4:39: services[0].readonly must be true or false, not "maybe"
    4 |   - {name: 3, image: ./web, readonly: maybe}
      |                                       ^
error: bad.yml:5:8: files must be a list, not "motd"
    5 | files: motd
      |        ^
`,
    ],
    [
      'invalid YAML',
      'kernel: {image: ./kernel\ninit: [./init]\n',
      `error: bad.yml:2:1: invalid YAML: flow map in block collection must be sufficiently indented and end with a }
    2 | init: [./init]
      | ^
`,
    ],
    [
      'a missing package',
      `${head}services: [{name: a, image: pkg/sshdd}]\n`,
      `error: bad.yml:3:29: Cannot find package "pkg/sshdd" (did you mean "pkg/sshd"?): no such folder with a build.yml
    3 | services: [{name: a, image: pkg/sshdd}]
      |                             ^
(hint: looked in "/dir" and in kit's own checkout; kit pkg ls lists the packages)
`,
    ],
    [
      'a missing image',
      `${head}services: [{name: a, image: "127.0.0.1:1/redis:7"}]\n`,
      `error: bad.yml:3:29: Cannot pull "127.0.0.1:1/redis:7": GET http://127.0.0.1:1/v2/: connection refused
    3 | services: [{name: a, image: "127.0.0.1:1/redis:7"}]
      |                             ^
(hint: the cache does not have it either; packages are named "pkg/name" or "./folder")
`,
    ],
    [
      'a missing file',
      `${head}files: [{path: etc/x, source: gone.txt}]\n`,
      `error: bad.yml:3:31: Cannot find file "gone.txt"
    3 | files: [{path: etc/x, source: gone.txt}]
      |                               ^
(hint: looked in "/dir" and in the current folder)
`,
    ],
    [
      'undefined names, all at once, before anything is built',
      `${head}services: [{name: a, image: ./gone, uid: b, binds: ["data:/data"]}]\n`,
      `error: bad.yml:3:29: Cannot find package "./gone": no such folder with a build.yml
    3 | services: [{name: a, image: ./gone, uid: b, binds: ["data:/data"]}]
      |                             ^
(hint: looked in "/dir")
error: bad.yml:3:42: there is no entry "b"
    3 | services: [{name: a, image: ./gone, uid: b, binds: ["data:/data"]}]
      |                                          ^
(hint: an id is a number, "root", or the name of an entry)
error: bad.yml:3:53: there is no volume "data"
    3 | services: [{name: a, image: ./gone, uid: b, binds: ["data:/data"]}]
      |                                                     ^
(hint: the source of a bind is an absolute path, or the name of an item of \`volumes:\`)
`,
    ],
  ])('%s', async (_title, text, expected) => {
    world.write('bad.yml', text);
    const { status, stderr } = await fails('build', '--dir', 'out', 'bad.yml');
    expect(stderr.replace(/for (amd64|arm64):/, 'for ARCH:')).toBe(expected);
    expect(status).toBe(1);
  });

  test('an image of LinuxKit that cannot be had, with what takes its place', async () => {
    world.write('bad.yml', `${head}services: [{name: a, image: "linuxkit/getty:v1.0"}]\n`);
    const { status, stderr } = await fails('build', '--offline', '--dir', 'out', 'bad.yml');
    expect(stderr).toContain('error: bad.yml:3:29: Cannot find image "docker.io/linuxkit/getty:v1.0" for ');
    expect(stderr).toContain('; for linuxkit/getty take pkg/getty: kit migrate FILE)\n');
    expect(status).toBe(1);
  });
});

describe('a package is rejected with the position of the error', () => {
  test.each<[string, string, string, string]>([
    [
      'a program that does not compile',
      'const port: number = ;\n',
      `error: broken/main.ts:1:22: Cannot compile "broken/main.ts": Unexpected ";"
  const port: number = ;
                       ^
`,
      '',
    ],
    [
      'a module that is not installed',
      "import { z } from 'nothing-of-this-name';\nz();\n",
      `error: broken/main.ts:1:19: Cannot compile "broken/main.ts": Could not resolve "nothing-of-this-name"
  import { z } from 'nothing-of-this-name';
                    ^
(hint: npm install it in the folder of the package)
`,
      '',
    ],
    [
      'a build.yml with an unknown key',
      'export {};\n',
      `error: broken/build.yml:3:1: unknown key "labls" in the package (did you mean "labels"?)
    3 | labls: {}
      | ^
`,
      'labls: {}\n',
    ],
    [
      'an external package that the lock file does not have',
      'export {};\n',
      `error: broken/build.yml:3:12: Cannot find external package "shrap" in "broken/package-lock.json" (did you mean "sharp"?)
    3 | external: [shrap]
      |            ^
(hint: it must be a dependency of "broken/package.json": npm install shrap, or what your package manager calls it)
`,
      'external: [shrap]\n',
    ],
  ])('%s', async (_title, program, expected, more) => {
    world.write('broken/build.yml', `image: broken\nservice: ./main.ts\n${more}`);
    world.write('broken/main.ts', program);
    const dependencies = { sharp: '1.0.0' };
    const packages = { '': { dependencies }, 'node_modules/sharp': { version: '1.0.0' } };
    world.write('broken/package.json', JSON.stringify({ dependencies }));
    world.write('broken/package-lock.json', JSON.stringify({ lockfileVersion: 3, packages }));
    world.write('bad.yml', `${head}services: [{name: a, image: ./broken}]\n`);
    for (const args of [
      ['pkg', 'build', './broken'],
      ['build', '--dir', 'out', 'bad.yml'],
    ]) {
      expect(await fails(...args)).toEqual({ status: 1, stderr: expected });
    }
  });
});

describe('kit run fails before anything is started', () => {
  test('a port in use', async () => {
    expect(await fails('run', '--publish', `${port}:22`, 'good.yml')).toEqual({
      status: 1,
      stderr: `error: Cannot publish port ${port} of 127.0.0.1: another program listens there
(hint: choose another port of the host: --publish ${Math.min(65_535, port + 1)}:22)
`,
    });
  });

  test('less memory than the image needs', async () => {
    expect(await fails('run', '--mem', '128', 'good.yml')).toEqual({
      status: 1,
      stderr: `error: Cannot run "good.yml" with 128 MiB of memory: it needs at least 288 MiB
(hint: --mem 288)
`,
    });
    expect(existsSync(world.path('state', 'machines'))).toBe(false);
  });

  test('a manifest that names no kernel, before it is built', async () => {
    world.write('no-kernel.yml', 'init: [./init]\nservices: [{name: web, image: ./gone}]\n');
    expect(await fails('run', 'no-kernel.yml')).toEqual({
      status: 1,
      stderr: `error: Cannot build an image that boots: the manifest names no kernel
(hint: kernel: {image: pkg/kernel}; kit run container, and the formats "kernel+initrd", "tar" and "docker" need none)
`,
    });
  });

  test('an image that was not built', async () => {
    expect(await fails('run', 'out/web')).toEqual({
      status: 1,
      stderr: `error: Cannot find image "out/web": there is no "/dir/out/web-kernel"
(hint: give a manifest (FILE.yml), an image file, or the prefix of an image: out/web for out/web-kernel)
`,
    });
  });
});

test.each<[string, string, string]>([
  ['gone', '', 'Cannot read "gone": no such file'],
  [
    'empty',
    'README',
    'Cannot find metadata in "empty": it has neither user-data nor meta-data: it has README',
  ],
  [
    'odd',
    'userdata.yml',
    'Cannot find metadata in "odd": it has "userdata.yml", which must be named "user-data"',
  ],
])('kit metadata check %s, a folder with %j', async (folder, file, why) => {
  if (file !== '') world.write(`${folder}/${file}`, '');
  expect(await fails('metadata', 'check', folder)).toEqual({ status: 1, stderr: `error: ${why}\n` });
});

test.each<[string[], string]>([
  [['frob'], 'error: Unknown command "frob"\n(hint: kit --help lists the commands)\n'],
  [['build'], 'error: Missing required argument "manifest"\n(hint: kit build --help shows the usage)\n'],
  [
    ['build', '--dri', 'out', 'good.yml'],
    'error: Unknown option "--dri"\n(hint: did you mean --dir? kit build --help shows the usage)\n',
  ],
  [
    ['build', '-f', 'floppy', 'good.yml'],
    `error: Unknown format "floppy"\n(hint: there is ${formatNames.map((name) => `"${name}"`).join(', ')})\n`,
  ],
  [
    ['run', '--mem', '1x', 'good.yml'],
    'error: Cannot read memory "1x": expected a number with M or G after it\n',
  ],
  [
    ['run', '-p', '99999:1', 'good.yml'],
    `error: Cannot publish "99999:1": expected [ADDRESS:]HOST:GUEST[/tcp|udp]
(hint: --publish 2222:22, --publish 0.0.0.0:8080:80, --publish 5353:53/udp)
`,
  ],
  [
    ['run', '--hardware', 'vax', 'good.yml'],
    'error: Cannot use hardware "vax": expected aws, azure, gcp, openstack, server\n',
  ],
  [
    ['run', '--smbios', 'serial=1', 'good.yml'],
    `error: Cannot use SMBIOS texts "serial=1": expected type=NUMBER,KEY=TEXT
(hint: such as --smbios "type=1,manufacturer=Example,serial=1234"; a comma in a text is written twice)
`,
  ],
  [['run', '--cd', 'gone.iso', 'good.yml'], 'error: Cannot use disc "gone.iso": no such file\n'],
  [
    ['metadata', 'check', '--as', 'poem', 'x'],
    'error: Option "--as <kind>" argument "poem" is invalid. Allowed choices are user-data, meta-data, vendor-data, network-config, ovf-env.\n(hint: kit metadata check --help shows the usage)\n',
  ],
  [
    ['forward', 't1', '8080:80'],
    'error: Cannot forward "8080:80": expected [ADDRESS:]PORT:SERVICE:PORT\n(hint: such as 8080:web:80, ' +
      'where SERVICE may be "." for the machine itself)\n',
  ],
])('usage errors exit with status 2: kit %j', async (args, expected) => {
  expect(await fails(...args)).toEqual({ status: 2, stderr: expected });
});

test.each([
  ['build', '--dir', '/proc/x', 'good.yml'],
  ['build', '--dir', '/proc/x/y', 'good.yml'],
])('a folder that cannot be made is an error, and no endless loop: kit %s %s %s', async (...args) => {
  const { status, stderr } = await fails(...args);
  expect(stderr).toBe('error: Cannot mkdir "/proc/x": no such file or directory\n');
  expect(status).toBe(1);
});

test('KIT_CACHE that is not a folder', async () => {
  world.write('plain-file', '');
  const { status, stderr } = await world.kit(world.path('plain-file'), 'build', '--dir', 'out', 'good.yml');
  expect(stderr).toMatch(
    /^error: Cannot mkdir ".*\/plain-file\/packages": not a directory\n\(hint: .*KIT_CACHE.*\)\n$/,
  );
  expect(status).toBe(1);
});

test('an empty KIT_CACHE does not mean the current folder', async () => {
  world.write('empty/x', '');
  const { stdout } = await world.start('', ['cache', 'ls', '--json']).ended;
  expect(JSON.parse(stdout).dir).toBe(world.path('.cache', 'kit'));
});

test('after all these failures, the next build works', async () => {
  const { status, stderr } = await world.kit(cache, 'build', '--dir', 'good', 'good.yml');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(existsSync(world.path('good/good-initrd.img'))).toBe(true);
});
