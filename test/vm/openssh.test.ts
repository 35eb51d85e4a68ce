import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { needsContainerUsers } from '../support/container-users.ts';
import { freePort } from '../support/free-port.ts';
import { boot, scratch, type TestMachine } from '../support/machine.ts';
import { kit, type Result, run } from '../support/run-kit.ts';
import { SshClient, sshIdentity } from '../support/ssh.ts';

/**
 * pkg/openssh in a machine and in a container, with OpenSSH's client. The server ends connections where the
 * user is missing as which it handles them.
 */
describe.each([
  ['qemu', {}],
  ['container', needsContainerUsers],
] as const)('%s', (backend, options) => {
  describe('pkg/openssh', options, () => {
    let folder: Awaited<ReturnType<typeof scratch>>;
    let machine: TestMachine;
    let client: SshClient;
    const ssh = (...args: readonly string[]): Promise<Result> => client.ssh(...args);

    beforeAll(async () => {
      folder = await scratch();
      const [port, { key, userData }] = await Promise.all([freePort(), sshIdentity(folder.dir)]);
      client = new SshClient(port, key);
      machine = await boot('test/vm/openssh.yml', {
        backend,
        publish: [`${port}:22`],
        metadataFile: userData,
      });
    });

    afterAll(async () => {
      await machine?.[Symbol.asyncDispose]();
      await folder?.[Symbol.asyncDispose]();
    });

    test('commands, terminals and scp work for the key of the metadata', async () => {
      expect(await ssh('echo out; echo err >&2; exit 7')).toMatchObject({
        status: 7,
        stdout: 'out\n',
        stderr: 'err\n',
      });
      const terminal = await ssh('-tt', 'test -t 0 && echo a terminal; exit 3');
      expect(terminal.stdout).toContain('a terminal');
      expect(terminal.status).toBe(3);
      const [source, back] = [join(folder.dir, 'id.pub'), join(folder.dir, 'back')];
      expect(await client.scp(source, 'root@127.0.0.1:/tmp/file')).toMatchObject({ status: 0 });
      expect(await client.scp('root@127.0.0.1:/tmp/file', back)).toMatchObject({ status: 0 });
      expect(await readFile(back)).toEqual(await readFile(source));
    });

    test('the key exchange is one that a quantum computer does not undo', async () => {
      const { stdout } = await run('ssh', ['-Q', 'kex']);
      const known = stdout.split('\n').filter((name) => /^(mlkem768|sntrup761)/.test(name));
      expect(known).not.toEqual([]);
      for (const name of known) {
        const { stderr, status } = await ssh('-v', '-o', `KexAlgorithms=${name}`, 'true');
        expect(status, stderr).toBe(0);
        expect(stderr).toContain(`kex: algorithm: ${name}`);
      }
    });

    test('refuses other keys, passwords and users', async () => {
      await using other = await scratch();
      const stranger = new SshClient(client.port, (await sshIdentity(other.dir)).key);
      expect((await stranger.ssh('true')).stderr).toContain('Permission denied (publickey)');
      const methods = 'PreferredAuthentications=password,keyboard-interactive';
      expect((await ssh('-o', methods, 'true')).stderr).toContain('Permission denied (publickey)');
    });

    test('forwards ports, but no agent and no socket of the machine', async () => {
      expect((await ssh('-A', 'test -z "$SSH_AUTH_SOCK" && exit 4')).status).toBe(4);
      const never = ['-o', 'ExitOnForwardFailure=yes', '-R', '/tmp/kit-never.sock:127.0.0.1:9'];
      expect((await ssh(...never, 'true')).status).toBe(255);
    });

    test('who logs in has the privileges of the service and sees nothing of the machine', async () => {
      const { stdout } = await ssh(
        'grep -h ^Cap /proc/self/status; ls -d /hostroot; ls /proc | grep -c "^[0-9]"',
      );
      // AUDIT_WRITE, CHOWN, KILL, SETGID, SETUID, NET_BIND_SERVICE, SYS_CHROOT.
      expect(stdout).toMatch(/CapEff:\s+00000000200404e1/);
      expect(Number(stdout.trim().split('\n').at(-1))).toBeLessThan(12);
    });

    test('its host keys are those of pkg/sshd', async () => {
      const files = await kit('exec', machine.name, 'openssh', 'ls', '/var/lib/sshd');
      expect(files.stdout.trim().split('\n')).toEqual([
        'ssh_host_ecdsa_key',
        'ssh_host_ecdsa_key.pub',
        'ssh_host_ed25519_key',
        'ssh_host_ed25519_key.pub',
      ]);
      // One type: asked for all, ssh-keyscan waits in vain for one of its connections to a slow server.
      const scan = ['-t', 'ed25519', '-T', '60', '-p', String(client.port), '127.0.0.1'];
      const offered = await run('ssh-keyscan', scan);
      const key = await kit('exec', machine.name, 'openssh', 'cat', '/var/lib/sshd/ssh_host_ed25519_key.pub');
      expect(offered.stdout).toContain(key.stdout.split(' ')[1]);
    });
  });
});
