import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { kitRoot } from '../../build/host/paths.ts';
import { boot, scratch, shell, type TestMachine } from '../support/machine.ts';
import { needsRoot } from '../support/needs.ts';
import { kit } from '../support/run-kit.ts';

describe('PostgreSQL', needsRoot('containers with users of their own'), () => {
  let folder: Awaited<ReturnType<typeof scratch>>;
  let machine: TestMachine;
  /** The volume. */
  const base = '/var/data/volumes/db';

  beforeAll(async () => {
    folder = await scratch();
    const disks = [`${folder.dir}/data.img,size=1G,serial=kit-data`];
    machine = await boot('test/postgres/postgres.yml', { backend: 'container', networking: 'none', disks });
  }, 600_000);
  afterAll(async () => {
    await machine?.[Symbol.asyncDispose]();
    await folder?.[Symbol.asyncDispose]();
  });

  const psql = (statement: string, ...args: string[]) =>
    machine.exec('psql', [...args, '-qAtXc', statement], { service: 'postgres' });
  const answer = async (statement: string): Promise<string> => (await psql(statement)).stdout.trim();
  const overNetwork = async (password: string): Promise<string> => {
    const url = `postgresql://postgres:${encodeURIComponent(password)}@127.0.0.1/postgres`;
    const { stdout, stderr } = await psql("SELECT 'in'", url);
    return `${stdout}${stderr}`.trim();
  };
  const givePassword = (password: string): Promise<string> => {
    const write = `cd /run/config && mkdir -p postgres && echo "${password}" >postgres/password`;
    return shell(machine, `${write} && chmod 644 postgres/password`);
  };

  test('has its data, its own user, and no other right', async () => {
    const wanted =
      "SELECT current_user, current_setting('data_checksums'), current_setting('server_encoding')";
    expect(await answer(wanted)).toBe('postgres|on|UTF8');
    const script =
      'grep -E "^(Uid|CapEff|CapBnd|Seccomp|NoNewPrivs)" /proc/1/status; touch /x; ls /proc/1/exe';
    const { stdout, stderr } = await machine.exec('sh', ['-c', script], { service: 'postgres' });
    expect(stdout.replace(/\t/g, ' ').split('\n')).toEqual(
      expect.arrayContaining([
        'Uid: 70 70 70 70',
        'CapEff: 0000000000000000',
        'CapBnd: 0000000000000000',
        'NoNewPrivs: 1',
        'Seccomp: 2',
      ]),
    );
    expect(stderr).toContain('Read-only file system');
    expect(await answer('CREATE TABLE kept AS SELECT 42 AS n')).toBe('');
  });

  test('listens to others once it has a password, which changes with the metadata', async () => {
    expect(await overNetwork('')).toContain('Connection refused');
    expect(await givePassword("it's one")).toBe('');
    await machine.restart('postgres');
    expect(await overNetwork("it's one")).toBe('in');
    expect(await overNetwork("it's another")).toContain('password authentication failed');
    expect(await givePassword("it's another")).toBe('');
    await machine.restart('postgres');
    expect(await overNetwork("it's another")).toBe('in');
    expect(await overNetwork("it's one")).toContain('password authentication failed');
    expect(await answer('SELECT n FROM kept')).toBe('42');
    const said = (await machine.logs.lines({ service: 'postgres' })).map(({ message }) => message).join('\n');
    expect(said).not.toContain("it's");
  });

  test('refuses data of another version', async () => {
    await machine.stop('postgres');
    expect(await shell(machine, `echo 16 >${base}/data/PG_VERSION`)).toBe('');
    await expect(machine.start('postgres')).rejects.toThrow();
    const [incident] = await machine.incidents('postgres');
    expect(incident?.lines.map(({ message }) => message).join('\n')).toContain(
      'Cannot start: "/var/lib/postgresql/data" is of PostgreSQL 16, and this is 17',
    );
    expect(await shell(machine, `echo 17 >${base}/data/PG_VERSION`)).toBe('');
    await machine.start('postgres');
    expect(await answer('SELECT n FROM kept')).toBe('42');
  });

  test('makes its data anew if an initdb was cut off', async () => {
    await machine.stop('postgres');
    const cut = `cd ${base} && mv data data.unfinished && rm data.unfinished/PG_VERSION`;
    expect(await shell(machine, cut)).toBe('');
    await machine.start('postgres');
    expect(await shell(machine, `ls ${base}`)).toBe('data\n');
    expect((await psql('SELECT n FROM kept')).stderr).toContain('relation "kept" does not exist');
  });

  test('examples/postgres.yml keeps its database over kit stop, a new image, and kit run', async () => {
    const manifest = join(folder.dir, 'db.yml');
    const name = `test-${process.pid}-db`;
    const disk = `${folder.dir}/db.img,size=1G,serial=kit-data`;
    const run = async (release: string): Promise<void> => {
      const example = await readFile(join(kitRoot, 'examples/postgres.yml'), 'utf8');
      await writeFile(manifest, `${example}files:\n  - {path: etc/release, contents: "${release}"}\n`);
      const args = ['--detach', '--name', name, '--disk', disk, manifest];
      const { status, stderr } = await kit('run', 'container', ...args);
      expect([status, stderr]).toEqual([0, expect.any(String)]);
    };
    const ask = async (statement: string): Promise<string> =>
      (await kit('exec', name, 'postgres', 'psql', '-qAtXc', statement)).stdout.trim();
    const release = async (): Promise<string> =>
      (await kit('exec', name, '--host', 'cat', '/etc/release')).stdout;
    try {
      await run('first');
      expect(await release()).toBe('first');
      expect(await ask("CREATE TABLE kept AS SELECT 'of ' || current_date AS day")).toBe('');
      const before = await ask('SELECT day, system_identifier FROM kept, pg_control_system()');
      expect(before).toMatch(/^of .*\|\d+$/);
      expect(await kit('stop', name)).toMatchObject({ status: 0 });
      await run('second');
      expect(await release()).toBe('second');
      expect(await ask('SELECT day, system_identifier FROM kept, pg_control_system()')).toBe(before);
    } finally {
      await kit('stop', name);
    }
  }, 600_000);
});
