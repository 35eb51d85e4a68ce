import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { kitRoot } from '../../build/host/paths.ts';
import { MachineClient } from '../../build/machine/client/client.ts';
import {
  type PreparedDebugImage,
  prepareDebugImage,
  pushDebugImage,
} from '../../build/machine/exec/debug-image.ts';
import { testWork } from '../../build/testing.ts';
import type { DebugImage, ExecOutput, Layer } from '../../lib/control/generated/control.ts';
import { canSupervise } from './can-supervise.ts';
import { TestGuest } from './test-guest.ts';

const patience = { timeout: 90_000 };

describe('programs of a debug image beside a service', canSupervise, () => {
  let guest: TestGuest;
  let prepared: PreparedDebugImage;
  let image: DebugImage;
  const work = testWork();

  beforeAll(async () => {
    prepared = await prepareDebugImage('pkg/busybox', kitRoot, work);
    guest = await TestGuest.make();
    // The guest finds its own processes by this variable.
    image = { ...prepared.image, env: [...prepared.image.env, `KIT_TEST=${guest.dir}`] };
    guest.service('web', 'echo kept >/mark; exec sleep 4321');
    guest.service('shared', 'exec sleep 5432');
    await guest.start();
    await vi.waitFor(async () => {
      const { services } = await guest.status();
      expect(services.map(({ state }) => state)).toEqual(['ready', 'ready']);
    }, patience);
  }, 300_000);
  afterAll(() => guest?.end());

  const client = () => new MachineClient(dirname(guest.paths.controlSocket));
  const store = () => join(guest.paths.state, 'debug-images');
  const run = (command: string[], input = '', terminal?: { rows: number; columns: number }) =>
    guest.exec('web', command, input, terminal, image);
  const push = async (layer: Partial<Layer>, bytes: Uint8Array): Promise<string> => {
    using machine = client();
    const { call, done } = machine.pushLayer();
    const id = '0123456789abcdef';
    const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
    call.write({ start: { id, digest, bytes: BigInt(bytes.length), ...layer } });
    if (bytes.length > 0) call.write({ data: Buffer.from(bytes) });
    call.end();
    return await done.then(
      () => 'taken',
      (error) => error.details,
    );
  };

  test('a program is refused before its layers have been pushed', async () => {
    await expect(run(['true'])).rejects.toThrow(/Layer "sha256:[0-9a-f]{64}" is not in the machine/);
  });

  test('layers are pushed once, and a program sees processes, files and IPC of the service', async () => {
    using machine = client();
    await pushDebugImage(machine, prepared, work);
    expect(await machine.missingLayers(image.layers)).toEqual([]);
    const { stdout } = await run([
      'sh',
      '-c',
      'cat /proc/1/cmdline; echo; cat /target/mark; ls /; readlink /proc/self/ns/ipc',
    ]);
    const [init, mark, ...rest] = stdout.split('\n');
    expect(init).toBe('sleep\x004321\x00');
    expect(mark).toBe('kept');
    expect(rest).toEqual(expect.arrayContaining(['target', 'usr']));
    const pid = await guest.pidOf('web');
    expect(rest.at(-2)).toBe((await guest.exec('', ['readlink', `/proc/${pid}/ns/ipc`])).stdout.trim());
  });

  test('beside the machine itself a program sees all of it', async () => {
    const command = ['sh', '-c', 'readlink /proc/self/ns/pid; readlink /target'];
    const { stdout } = await guest.exec('', command, '', undefined, image);
    expect(stdout).toBe(`${readlinkSync('/proc/self/ns/pid')}\n/proc/${guest.supervisorPid}/root\n`);
  });

  test('input, both outputs and the exit status are carried', async () => {
    const script = 'cat; echo err >&2; exit 7';
    expect(await run(['sh', '-c', script], 'in\n')).toEqual({ stdout: 'in\n', stderr: 'err\n', status: 7 });
    await expect(run(['/nope'])).rejects.toThrow(
      /Cannot run "\/nope" beside service "web": .*[Nn]o such file/,
    );
  });

  test('a terminal has the requested size', async () => {
    const { stdout, status } = await run(['sh', '-c', 'stty size; tty'], '', { rows: 31, columns: 97 });
    expect(stdout.replaceAll('\r', '')).toMatch(/^31 97\n\/dev\/pts\/\d+\n$/);
    expect(status).toBe(0);
  });

  test('a program has the capabilities of a debugger and no others', async () => {
    const { stdout } = await run([
      'sh',
      '-c',
      'grep CapEff /proc/self/status; mount -t tmpfs x /mnt; echo $?',
    ]);
    // CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER KILL SETGID SETUID NET_BIND_SERVICE NET_ADMIN NET_RAW
    // SYS_CHROOT SYS_PTRACE
    const bits = [0, 1, 2, 3, 5, 6, 7, 10, 12, 13, 18, 19].reduce(
      (sum, bit) => sum | (1n << BigInt(bit)),
      0n,
    );
    expect(stdout).toBe(`CapEff:\t${bits.toString(16).padStart(16, '0')}\n1\n`);
  });

  test("a program has the supervisor's oom_score_adj", async () => {
    const own = readFileSync('/proc/self/oom_score_adj', 'utf8');
    expect((await run(['cat', '/proc/self/oom_score_adj'])).stdout).toBe(own);
  });

  test('a program leaves nothing behind after it has ended', async () => {
    const mounts = () =>
      readFileSync('/proc/self/mountinfo', 'utf8')
        .split('\n')
        .filter((line) => line.includes(store()));
    await vi.waitFor(() => expect(mounts()).toHaveLength(1), patience);
    expect(readdirSync(join(store(), 'sessions'))).toEqual([]);
    expect(readdirSync(store()).filter((name) => name.endsWith('.erofs'))).toHaveLength(image.layers.length);
  });

  /** A program that runs until it is killed; `ended` resolves to its output and status. */
  async function running(
    service: string,
  ): Promise<{ started: Promise<void>; ended: Promise<string>; leave: () => void }> {
    const machine = client();
    const call = machine.exec();
    const [started, ended] = [Promise.withResolvers<void>(), Promise.withResolvers<string>()];
    call.on('error', (error) => ended.resolve(error.message));
    let output = '';
    call.on('data', ({ stdout, stderr, end }: ExecOutput) => {
      output += Buffer.from(stdout ?? stderr ?? []).toString();
      if (output.includes('on\n')) started.resolve();
      if (end) ended.resolve(`${output}status ${end.status}`);
    });
    const command = ['sh', '-c', 'sleep 6543 & echo on; wait'];
    call.write({ start: { service, command, terminal: undefined, term: '', image } });
    void ended.promise.finally(() => machine[Symbol.dispose]());
    return { started: started.promise, ended: ended.promise, leave: () => call.cancel() };
  }

  const sleepers = async (): Promise<string> =>
    (await guest.exec('', ['sh', '-c', 'pgrep -f "[s]leep 6543" | wc -l'])).stdout.trim();

  test('a program of a client that leaves is killed with its children', async () => {
    const { started, leave } = await running('web');
    await started;
    expect(await sleepers()).toBe('2');
    leave();
    await vi.waitFor(async () => expect(await sleepers()).toBe('0'), patience);
    await vi.waitFor(() => expect(readdirSync(join(store(), 'sessions'))).toEqual([]), patience);
  });

  test('a program ends with the service, and the client gets the reason', async () => {
    const { started, ended } = await running('web');
    await started;
    await guest.command('restartService', 'web');
    expect(await ended).toBe('on\nkit: service "web" has ended, and what ran beside it\nstatus 137');
    expect((await run(['cat', '/target/mark'])).stdout).toBe('kept\n');
  });

  test('a new supervisor ends the programs of an earlier one', async () => {
    const { started } = await running('shared');
    await started;
    await guest.killSupervisor();
    await guest.startSupervisor();
    await vi.waitFor(async () => expect(await sleepers()).toBe('0'), patience);
    using machine = client();
    expect(await machine.missingLayers(image.layers)).toHaveLength(image.layers.length);
    expect(existsSync(join(store(), 'sessions'))).toBe(false);
    await pushDebugImage(machine, prepared, work);
    expect((await run(['cat', '/target/mark'])).stdout).toBe('kept\n');
  });

  test('programs end when containerd is killed', async () => {
    const { started, ended } = await running('web');
    await started;
    await guest.killContainerd();
    await guest.startContainerd();
    await ended;
    await vi.waitFor(async () => expect(await sleepers()).toBe('0'), patience);
    await vi.waitFor(() => expect(readdirSync(join(store(), 'sessions'))).toEqual([]), patience);
    expect((await run(['cat', '/target/mark'])).stdout).toBe('kept\n');
  });

  test('a layer with a wrong digest or size is refused and leaves nothing behind', async () => {
    const bytes = Buffer.from('not what was promised');
    const other = `sha256:${'0'.repeat(64)}`;
    expect(await push({ digest: other }, bytes)).toBe(
      `Cannot take a layer of the debug image: its bytes are not those of ${other}`,
    );
    expect(await push({ bytes: 100n }, bytes)).toBe(
      'Cannot take a layer of the debug image: 21 of its 100 bytes came',
    );
    expect(await push({ bytes: 3n }, bytes)).toBe(
      'Cannot take a layer of the debug image: it has more than its 3 bytes',
    );
    expect(readdirSync(store()).filter((name) => name.startsWith('coming'))).toEqual([]);
  });

  test('a client that disconnects in the middle of a layer leaves nothing behind', async () => {
    const coming = () => readdirSync(store()).filter((name) => name.startsWith('coming'));
    using machine = client();
    const { call, done } = machine.pushLayer();
    call.write({ start: { id: '0123456789abcdef', digest: `sha256:${'2'.repeat(64)}`, bytes: 1n << 20n } });
    call.write({ data: Buffer.alloc(1000) });
    await vi.waitFor(() => expect(coming()).toHaveLength(1), patience);
    call.cancel();
    await expect(done).rejects.toThrow('Cancelled');
    await vi.waitFor(() => expect(coming()).toEqual([]), patience);
  });

  test('two programs share layers, and the end of one does not affect the other', async () => {
    const [one, two] = [await running('web'), await running('shared')];
    await Promise.all([one.started, two.started]);
    one.leave();
    await vi.waitFor(() => expect(readdirSync(join(store(), 'sessions'))).toHaveLength(1), patience);
    expect((await run(['cat', '/target/mark'])).stdout).toBe('kept\n');
    expect(await sleepers()).toBe('2');
    two.leave();
    await vi.waitFor(async () => expect(await sleepers()).toBe('0'), patience);
  });

  test('a layer that does not fit into memory is refused before it is sent', async () => {
    using machine = client();
    const layer = { id: '0123456789abcdef', digest: `sha256:${'1'.repeat(64)}`, bytes: 1n << 50n };
    await expect(machine.missingLayers([layer])).rejects.toThrow(
      /Cannot bring \d+\.\d MB of a debug image into the machine: it has \d+\.\d MB of memory left for it/,
    );
    expect(await push(layer, Buffer.alloc(0))).toMatch(/^Cannot bring /);
  });

  test('a layer that is not a file system is stored but cannot be mounted', async () => {
    const bytes = Buffer.alloc(8192, 'garbage');
    expect(await push({}, bytes)).toBe('taken');
    const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
    const odd = { ...image, layers: [{ id: '0123456789abcdef', digest, bytes: 8192n }] };
    await expect(guest.exec('web', ['true'], '', undefined, odd)).rejects.toThrow(
      /Cannot run "true" beside service "web"/,
    );
    expect((await run(['true'])).status).toBe(0);
  });

  test('an invalid id or digest is refused, as both become paths', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), fc.string(), async (id, digest) => {
        expect(await push({ id, digest }, Buffer.from('x'))).toMatch(
          /^Cannot take a layer of the debug image: ".*" is not (?:the id of a layer|a digest)/s,
        );
      }),
      { numRuns: 30 },
    );
  });
});
