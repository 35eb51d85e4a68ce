import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { needsContainers } from '../support/containers.ts';
import { boot, scratch, type TestMachine } from '../support/machine.ts';
import { kit } from '../support/run-kit.ts';
import { SyslogServer } from '../syslog/server.ts';

/** Logs of services reach files and a syslog server on the host, although programs are killed meanwhile. */

const folder = await scratch();
let server: SyslogServer;
beforeAll(async () => {
  // The address of the host's loopback in the machine.
  server = await SyslogServer.make('IP:10.0.2.2');
});
afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

/** The machine's metadata has the server address and client certificate; the image has neither. */
function userData(): string {
  const pem = (name: string) => ({ content: readFileSync(server.file(name), 'utf8'), perm: '0600' });
  const entries = {
    server: { content: `tls://10.0.2.2:${server.tlsPort}\n` },
    'ca.pem': pem('ca.pem'),
    'cert.pem': pem('client.pem'),
    'key.pem': pem('client.key'),
  };
  const path = `${folder.dir}/user-data`;
  writeFileSync(path, JSON.stringify({ syslog: { entries } }));
  return path;
}

const kinds = [
  { kind: 'a container', backend: 'container', needed: needsContainers },
  { kind: 'a machine', backend: 'qemu', needed: {} },
] as const;

describe.each(kinds)('logs of $kind', ({ backend, needed }) => {
  let machine: TestMachine;
  beforeAll(async () => {
    machine = await boot('test/vm/logging.yml', { backend, metadataFile: userData() });
  });
  afterAll(() => machine?.[Symbol.asyncDispose]());

  const node = async (where: readonly string[], script: string): Promise<string> => {
    const { stdout, stderr } = await kit('exec', machine.name, ...where, '/usr/bin/node', '-e', script);
    if (stderr !== '') throw new Error(await machine.describe(stderr));
    return stdout;
  };

  /** The files of a source, oldest first, listed between two rotations, which rename them all. */
  async function files(source: string): Promise<string[]> {
    const script = `
      const { readdirSync, readFileSync, statSync } = require('fs');
      const age = (name) => Number(/\\d+$/.exec(name) ?? -1);
      const names = () => readdirSync('/var/log')
        .filter((name) => name.startsWith(${JSON.stringify(`${source}.log`)}))
        .sort((one, other) => age(other) - age(one))
        .map((name) => '/var/log/' + name);
      const inodes = () => names().map((path) => path + ' ' + statSync(path).ino).join();
      const read = () => {
        const before = inodes();
        const texts = names().map((path) => readFileSync(path, 'utf8'));
        return inodes() === before ? texts : undefined;
      };
      const unlessRenamed = (act) => {
        try { return act() } catch (error) { if (error.code !== 'ENOENT') throw error }
      };
      let texts;
      while (!texts) texts = unlessRenamed(read);
      console.log(JSON.stringify(texts));`;
    return JSON.parse(await node(['logwrite'], script));
  }

  /** `[source in the line, first word of the message]` of each line. */
  const lines = async (source: string): Promise<[string, string][]> =>
    (await files(source))
      .flatMap((text) => text.split('\n').slice(0, -1))
      .map((line) => [line.split(' ')[1] ?? '', line.split(' ')[2] ?? '']);

  /** Bytes in the files of a source, without their transfer, which takes seconds from an emulated machine. */
  const sizeOf = async (source: string): Promise<number> => {
    const script = `
      const { readdirSync, statSync } = require('fs');
      const own = readdirSync('/var/log').filter((name) => name.startsWith(${JSON.stringify(`${source}.log`)}));
      // A rotation may have renamed the oldest one meanwhile.
      const sizes = own.map((name) => statSync('/var/log/' + name, { throwIfNoEntry: false })?.size ?? 0);
      console.log(sizes.reduce((sum, size) => sum + size, 0));`;
    return Number(await node(['logwrite'], script));
  };
  const grows = async (source: string): Promise<number> => {
    const before = await sizeOf(source);
    return machine.until(
      `more lines of ${source}`,
      () => sizeOf(source),
      (size) => size > before,
    );
  };

  const counted = (length: number): string[] => Array.from({ length }, (_, n) => String(n));

  test('no line is lost or written twice when programs are killed', needed, async () => {
    await machine.until(
      'rotated',
      () => files('talker'),
      ({ length }) => length > 2,
    );
    const supervisor = `
      const { readdirSync, readFileSync } = require('fs');
      // A process may end while its command line is read.
      const commandOf = (pid) => {
        try { return readFileSync('/proc/' + pid + '/cmdline', 'utf8') } catch { return '' }
      };
      for (const pid of readdirSync('/proc').filter(Number))
        if (commandOf(pid).includes('/usr/lib/kit/supervisor/main.mjs')) process.kill(pid, 'SIGKILL');`;
    // Its call ends with it.
    await kit('exec', machine.name, '--host', '/usr/bin/node', '-e', supervisor);
    await machine.until(
      'answering again',
      () => machine.status(),
      ({ services }) => services.some(({ name, state }) => name === 'talker' && state === 'ready'),
    );
    await machine.until(
      'followed again',
      async () => (await kit('logs', machine.name, 'logwrite')).stdout,
      (text) => text.includes('The supervisor answers again'),
    );
    await grows('talker');
    for (const name of ['logwrite', 'syslog']) {
      const { pid } = await machine.service(name);
      await node(['--host'], `process.kill(${pid}, 'SIGKILL')`);
      await machine.until(
        `${name} started again`,
        () => machine.service(name),
        ({ state, restarts }) => state === 'ready' && restarts === 1,
      );
    }
    await grows('talker');
    await server.stop();
    await grows('talker');
    await server.start();
    for (const name of ['talker', 'complainer'])
      expect((await kit('stop', machine.name, name)).status).toBe(0);

    for (const [source, stream] of [
      ['talker', 'talker.out'],
      ['complainer', 'complainer'],
    ] as const) {
      const { stdout } = await kit('logs', machine.name, source);
      const last = Number(
        stdout
          .trim()
          .split('\n')
          .findLast((line) => /^\d+ /.test(line))
          ?.split(' ')[0],
      );
      const expected = counted(last + 1);
      const written = async (): Promise<string[]> =>
        (await lines(source)).filter(([name]) => name === stream).map(([, first]) => first);
      const inFiles = await machine.until('in the files', written, ({ length }) => length > last);
      expect(inFiles).toEqual(expected);
      // Lines without an acknowledgement are sent again, in order: compares the first occurrence of each.
      const received = async () => [
        ...new Set(server.messages(source).map((text) => /\d+/.exec(text)?.[0] ?? text)),
      ];
      const atServer = await machine.until('at the server', received, ({ length }) => length > last);
      expect(atServer.filter((text) => /^\d+$/.test(text))).toEqual(expected);
    }
  });

  test('every source has a file, within the size limit', needed, async () => {
    const all = await files('talker');
    expect(all.length).toBeGreaterThan(2);
    for (const text of all) expect(text.length).toBeLessThanOrEqual(16_384);
    expect((await files('metadata')).join('')).toMatch(/ metadata\.info metadata from CDROM: /);
    expect((await files('init')).join('')).toMatch(/ init\.kit /);
    const kernel =
      backend === 'container' ? " kernel.kit cannot read the kernel's log: " : ' kernel Linux version ';
    expect((await files('kernel')).join('')).toContain(kernel);
    const received = server.received().filter(({ app }) => app === 'complainer');
    expect(received[0]).toMatchObject({ pri: '27', msgid: 'stderr' });
    expect(received[0]?.msg).toMatch(/^\ufeff\d+ größer$/);
    const secret = readFileSync(server.file('client.key'), 'utf8').split('\n')[1] ?? '';
    expect(JSON.stringify(server.received())).not.toContain(secret);
  });

  test('logwrite and syslog have only the rights they need', needed, async () => {
    const look = `
      const { readFileSync, readdirSync, existsSync, writeFileSync } = require('fs');
      const refused = (act) => { try { act(); return 'done' } catch (error) { return error.code } };
      console.log(JSON.stringify({
        capabilities: /CapBnd:\\s*(\\w+)/.exec(readFileSync('/proc/1/status', 'utf8'))[1],
        links: readdirSync('/sys/class/net'),
        run: readdirSync('/run/kit'),
        root: refused(() => writeFileSync('/x', '')),
        keys: existsSync('/run/config/syslog/key.pem'),
      }));`;
    const common = { capabilities: '0000000000000000', run: ['read'], root: 'EROFS' };
    expect(JSON.parse(await node(['logwrite'], look))).toEqual({ ...common, links: ['lo'], keys: false });
    expect(JSON.parse(await node(['syslog'], look))).toMatchObject({ ...common, keys: true });
  });
});
