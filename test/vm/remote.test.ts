import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Authority } from '../support/certificates.ts';
import { needsContainers } from '../support/containers.ts';
import { freePort } from '../support/free-port.ts';
import { boot, scratch, shell, type TestMachine } from '../support/machine.ts';
import { kit } from '../support/run-kit.ts';
import { diskTools } from '../support/tools.ts';

const folder = await scratch();
const file = (name: string): string => join(folder.dir, name);
// Otherwise the record of a remote machine would remain after a killed test.
process.env.KIT_STATE = file('state');

/** The user data that docs/access.md creates with jq. */
function userData(): string {
  const content = (name: string) => ({ content: readFileSync(file(name), 'utf8') });
  const entries = {
    'ca.pem': content('ca.pem'),
    'cert.pem': content('server.pem'),
    'key.pem': { ...content('server.key'), perm: '0600' },
  };
  return JSON.stringify({ control: { perm: '0700', entries } });
}

describe('a remote machine with address and certificate', needsContainers, () => {
  let machine: TestMachine;
  const names = ['read', 'operate', 'debug'].map((role) => `${role}-${process.pid}`);
  const [reader = '', operator = '', debugger_ = ''] = names;

  beforeAll(async () => {
    const tools = await diskTools();
    const authority = await Authority.make(tools, folder.dir);
    await authority.sign('server', 'DNS:localhost,IP:127.0.0.1');
    for (const name of names) {
      await authority.sign(name, undefined, { subject: `/OU=${name.split('-')[0]}/CN=${name}` });
      mkdirSync(file(`${name}.d`));
      copyFileSync(file('ca.pem'), file(`${name}.d/ca.pem`));
      copyFileSync(file(`${name}.pem`), file(`${name}.d/cert.pem`));
      copyFileSync(file(`${name}.key`), file(`${name}.d/key.pem`));
    }
    writeFileSync(file('user-data'), userData());
    const port = await freePort();
    const options = { publish: [`${port}:4911`], metadataFile: file('user-data') };
    machine = await boot('test/vm/remote.yml', { ...options, backend: 'container' });
    for (const name of names) {
      const add = () => kit('remote', 'add', name, `localhost:${port}`, '--tls-dir', file(`${name}.d`));
      await machine.until('reached', add, ({ status }) => status === 0);
    }
  });
  afterAll(async () => {
    await machine?.[Symbol.asyncDispose]();
    await folder[Symbol.asyncDispose]();
  });

  test('every command works as for a local machine, within the role', async () => {
    const rows: { name: string; services: { name: string }[] }[] = JSON.parse(
      (await kit('ps', '--json')).stdout,
    );
    for (const name of names) {
      const row = rows.find((one) => one.name === name);
      expect(row?.services.map((service) => service.name)).toEqual(['metadata', 'dhcp']);
    }
    expect((await kit('logs', reader, 'metadata')).stdout).not.toBe('');
    expect((await kit('restart', reader, 'dhcp')).stderr).toContain(
      'it takes role operate, and this client has role read',
    );
    expect((await kit('restart', operator, 'dhcp')).stdout).toMatch(/^dhcp (?:ready|running) \(pid \d+\)\n$/);
    expect((await kit('exec', operator, '--host', 'true')).stderr).toContain('it takes role debug');
    const { stdout, status } = await kit(
      'exec',
      debugger_,
      '--host',
      'sh',
      '-c',
      'cat /etc/kit/control.json; exit 7',
    );
    expect(status).toBe(7);
    expect(JSON.parse(stdout)).toMatchObject({ host: '', port: 4911, key: '/run/config/control/key.pem' });
    expect(await machine.console()).toContain(
      `with the certificate of "${reader}" was refused. Cannot call RestartService`,
    );
  });

  test('a restarted supervisor serves every socket again, with the same key', async () => {
    const modes =
      'stat -c "%a %n" /run/kit/control.sock /run/kit/read/control.sock /run/config/control/key.pem';
    expect(await shell(machine, modes)).toBe(
      '600 /run/kit/control.sock\n666 /run/kit/read/control.sock\n600 /run/config/control/key.pem\n',
    );
    await shell(machine, 'kill -9 $(pgrep -f supervisor/main.mjs)');
    const ask = () => kit('exec', debugger_, '--host', 'true');
    await machine.until('back', ask, ({ status }) => status === 0);
  });

  test('the operator role may shut it down', async () => {
    expect((await kit('shutdown', reader)).stderr).toContain('it takes role operate');
    const { stdout, status } = await kit('shutdown', '--json', operator);
    expect([status, JSON.parse(stdout)]).toEqual([
      0,
      [{ name: operator, state: 'stopped', reason: 'no longer answers' }],
    ]);
    await machine.until(
      'stopped',
      () => machine.status(),
      ({ state }) => state === 'stopped',
    );
  });
});
