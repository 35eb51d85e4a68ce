import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Tools } from '../../../build/tools/tree.ts';
import { SshServer } from '../../login/server.ts';
import { testTools } from '../../support/tools.ts';
import { until } from '../../support/until.ts';
import { writeWrapper } from '../../support/wrapper.ts';
import { type Result, runClient, runPython } from './run.ts';
import { sshClients } from './tools.ts';

/** kit's sshd with clients that are not OpenSSH. The server's home folder is that of the clients. */
let server: SshServer;
let clients: Tools;
const data = randomBytes(3_000_000);
const sum = createHash('sha256').update(data).digest('hex');
const at = (name: string): string => server.path(name);
const read = (name: string): boolean => readFileSync(at(name)).equals(data);

beforeAll(async () => {
  [server, clients] = await Promise.all([SshServer.start(), sshClients()]);
  writeFileSync(at('data'), data);
  mkdirSync(at('.ssh'));
}, 300_000);
afterAll(() => server?.[Symbol.asyncDispose]());

/** Copies its input, says what it was, and ends with 3. */
const echo = 'cat >copy; sha256sum <copy; echo err >&2; exit 3';
const echoed = { status: 3, stdout: `${sum}  -\n` };
const run = (name: string, args: readonly string[], input?: Buffer): Promise<Result> =>
  runClient(clients, name, args, { cwd: server.dir, ...(input && { input }) });

describe('Dropbear', () => {
  test.each(['ed25519', 'ecdsa', 'rsa'])(
    'logs in with a key of type %s, passes data, errors and the status',
    async (type) => {
      const key = await server.client.makeKey(`dropbear-${type}`, '-t', type, '-m', 'PEM');
      server.authorise(readFileSync(`${key}.pub`, 'utf8'));
      expect(await run('dropbearconvert', ['openssh', 'dropbear', key, `${key}.db`])).toMatchObject({
        status: 0,
      });
      const args = ['-y', '-y', '-i', `${key}.db`, '-p', `${server.client.port}`, 'root@127.0.0.1'];
      expect(await run('dbclient', [...args, echo], data)).toMatchObject({ ...echoed, stderr: /err\n/ });
    },
  );
});

describe('PuTTY', () => {
  let options: string[];
  beforeAll(async () => {
    await run('puttygen', [at('id'), '-O', 'private', '-o', at('id.ppk')]);
    const [, hostKey = ''] = /ssh-ed25519 (SHA256:\S+?),/.exec(server.log) ?? [];
    options = ['-batch', '-P', `${server.client.port}`, '-i', at('id.ppk'), '-hostkey', hostKey];
  });

  test('plink passes data, errors and the status', async () => {
    expect(await run('plink', [...options, 'root@127.0.0.1', echo], data)).toMatchObject({
      ...echoed,
      stderr: 'err\n',
    });
  });

  test('plink takes more than its window, for which it asks by requests of its own', async () => {
    const { stdout } = await run('plink', [...options, 'root@127.0.0.1', 'seq 3000000']);
    expect(stdout.trimEnd().split('\n').at(-1)).toBe('3000000');
  });

  test('psftp and pscp copy both ways', async () => {
    writeFileSync(at('batch'), 'put data up\nget up down\nmkdir put\nls\nmv up put/up\n');
    const { status, stdout } = await run('psftp', [...options, '-b', at('batch'), 'root@127.0.0.1']);
    expect(stdout).toContain('authorized_keys');
    expect([status, read('down'), read('put/up')]).toEqual([0, true, true]);
    expect(await run('pscp', [...options, '-p', at('data'), 'root@127.0.0.1:pscp'])).toMatchObject({
      status: 0,
    });
    expect(await run('pscp', [...options, 'root@127.0.0.1:pscp', at('pscp-back')])).toMatchObject({
      status: 0,
    });
    expect(read('pscp-back')).toBe(true);
  });
});

describe('libraries', () => {
  const python = (program: string): Promise<Result> =>
    runPython(clients, program, [`${server.client.port}`, at('id')], { cwd: server.dir });

  test('paramiko: commands, files, forwards, and a new key exchange', async () => {
    const result = await python(`
import sys, time, paramiko
ssh = paramiko.SSHClient()
ssh.set_missing_host_key_policy(paramiko.AutoAddPolicy())
ssh.connect('127.0.0.1', int(sys.argv[1]), 'root', key_filename=sys.argv[2], allow_agent=False, look_for_keys=False)
data = open('data', 'rb').read()
stdin, stdout, stderr = ssh.exec_command('cat >paramiko; sha256sum <paramiko; echo err >&2; exit 3')
stdin.write(data)
stdin.channel.shutdown_write()
print(stdout.read().decode().split()[0], stderr.read(), stdout.channel.recv_exit_status())
# It hangs when a channel is closed while it exchanges keys.
while not stdout.channel.closed: time.sleep(0.05)
ssh.get_transport().renegotiate_keys()
with ssh.open_sftp() as sftp:
  sftp.put('data', 'sftp')
  sftp.get('sftp', 'sftp-back')
  sftp.symlink('data', 'paramiko-link')
  print(sftp.stat('sftp').st_size, 'authorized_keys' in sftp.listdir('.'))
channel = ssh.get_transport().open_channel('direct-tcpip', ('127.0.0.1', int(sys.argv[1])), ('127.0.0.1', 1))
print(channel.recv(7))
`);
    expect(result).toMatchObject({ status: 0, stderr: '' });
    expect(result.stdout).toBe(`${sum} b'err\\n' 3\n${data.length} True\nb'SSH-2.0'\n`);
    expect([read('sftp-back'), readlinkSync(at('paramiko-link'))]).toEqual([true, 'data']);
  });

  test('AsyncSSH: commands, signals after the end of input, terminals, files', async () => {
    const result = await python(`
import sys, asyncio, asyncssh
async def main():
  options = dict(known_hosts=None, client_keys=[sys.argv[2]], rekey_bytes=300000, username='root', agent_path=None, config=None)
  async with asyncssh.connect('127.0.0.1', int(sys.argv[1]), **options) as ssh:
    data = open('data', 'rb').read()
    done = await ssh.run('cat >asyncssh; sha256sum <asyncssh; exit 3', input=data, encoding=None)
    print(done.stdout.split()[0].decode(), done.exit_status)
    process = await ssh.create_process('trap "exit 9" INT; echo up; while :; do sleep 0.1; done')
    await process.stdout.readline()
    process.stdin.write_eof()
    process.send_signal('INT')
    await process.wait()
    print(process.exit_status)
    process = await ssh.create_process('kill -TERM $$')
    await process.wait()
    print(process.exit_signal[0])
    terminal = await ssh.run('stty size; tty >/dev/null && echo $TERM', term_type='xterm', term_size=(99, 33))
    print(terminal.stdout.split())
    async with ssh.start_sftp_client() as sftp:
      await sftp.put('data', 'asyncssh-up')
      await sftp.get('asyncssh-up', 'asyncssh-down')
      await sftp.symlink('data', 'asyncssh-link')
asyncio.run(main())
`);
    expect(result).toMatchObject({ status: 0, stderr: '' });
    expect(result.stdout.split('\n')).toEqual([...[`${sum} 3`, '9', 'TERM', "['33', '99', 'xterm']", '']]);
    expect([read('asyncssh-down'), readlinkSync(at('asyncssh-link'))]).toEqual([true, 'data']);
  });

  test('files that a client leaves open are closed', async () => {
    const open = (): number => readdirSync(`/proc/${server.pid}/fd`).length;
    const before = open();
    const result = await python(`
import sys, os, paramiko
ssh = paramiko.SSHClient()
ssh.set_missing_host_key_policy(paramiko.AutoAddPolicy())
ssh.connect('127.0.0.1', int(sys.argv[1]), 'root', key_filename=sys.argv[2], allow_agent=False, look_for_keys=False)
sftp = ssh.open_sftp()
files = [sftp.open('data') for _ in range(60)]
print(len(os.listdir('/proc/${server.pid}/fd')) > ${before} + 60, flush=True)
os._exit(0)
`);
    expect(result.stdout).toBe('True\n');
    await until('the files to be closed', () => open() <= before);
  });

  test('libssh2: curl copies both ways', async () => {
    const tools = await testTools();
    const options = ['-sS', '--insecure', '--key', at('id'), '--pubkey', at('id.pub')];
    const url = `sftp://root@127.0.0.1:${server.client.port}/~/curl`;
    const curl = (...args: string[]) => runClient(tools, 'curl', [...options, ...args], { cwd: server.dir });
    expect(await curl('-T', at('data'), url)).toMatchObject({ status: 0, stderr: '' });
    expect(await curl('-o', at('curl-back'), url)).toMatchObject({ status: 0, stderr: '' });
    expect(read('curl-back')).toBe(true);
  });

  test("Go's: rclone copies both ways", async () => {
    const { port } = server.client;
    const login = ['--sftp-host', '127.0.0.1', '--sftp-port', String(port), '--sftp-user', 'root'];
    const flags = ['--config', '', ...login, '--sftp-key-file', at('id')];
    const rclone = (...args: string[]) => run('rclone', [...flags, 'copyto', ...args]);
    expect(await rclone(at('data'), ':sftp:rclone')).toMatchObject({ status: 0 });
    expect(await rclone(':sftp:rclone', at('rclone-back'))).toMatchObject({ status: 0 });
    expect(read('rclone-back')).toBe(true);
  });
});

describe('programs that run ssh', () => {
  test('rsync', async () => {
    const rsync = await writeWrapper(clients, 'rsync', server.dir);
    const { file, args } = server.client.sshCommand();
    const ssh = [file, ...args.slice(0, -1)].map((word) => `'${word.replaceAll("'", "''")}'`).join(' ');
    const options = ['-a', '-e', ssh, '--rsync-path', `"${rsync}"`];
    expect(await run('rsync', [...options, at('data'), 'root@127.0.0.1:rsynced'])).toMatchObject({
      ...{ status: 0, stderr: '' },
    });
    expect(read('rsynced')).toBe(true);
  });
});
