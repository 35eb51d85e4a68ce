import { generateKeyPairSync } from 'node:crypto';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { MachineClient } from '../../build/machine/client/client.ts';
import { testWork } from '../../build/testing.ts';
import { sendUpdate } from '../../build/update/send-update.ts';
import type { UpdateDone } from '../../lib/control/generated/control.ts';
import { signStatement } from '../../lib/updates/signature.ts';
import { statementBytes } from '../../lib/updates/statement.ts';
import { canSupervise } from './can-supervise.ts';
import { TestGuest } from './test-guest.ts';
import { inventoryFor, type Services, type UpdateImage, updateImage } from './update-image.ts';

const patience = { timeout: 90_000, interval: 100 };
const sleeping = (number: number, text = ''): string => `echo runs ${text}; exec sleep ${number}`;

describe('an update of a running machine', canSupervise, () => {
  let guest: TestGuest;
  const work = testWork();
  const image: Services = { db: [sleeping(1111)], gone: [sleeping(2222)], web: [sleeping(3333, 'old')] };
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });

  beforeAll(async () => {
    guest = await TestGuest.make();
    for (const [name, [script, kit]] of Object.entries(image)) guest.service(name, script, kit);
    writeFileSync(guest.paths.inventory, JSON.stringify(inventoryFor(image, { stateVersion: 3 })));
    await guest.start();
    await vi.waitFor(async () => expect(await states()).toEqual('db ready, gone ready, web ready'), patience);
  }, 300_000);
  afterAll(() => guest?.end());

  const states = async (): Promise<string> =>
    (await guest.status()).services.map(({ name, state }) => `${name} ${state}`).join(', ');
  const make = (services: Services, part = {}): Promise<UpdateImage> =>
    updateImage(guest, services, work, { stateVersion: 3, ...part });
  const client = () => new MachineClient(dirname(guest.paths.controlSocket));
  const stored = (): string[] => {
    const folder = join(guest.paths.state, 'updates/layers');
    return existsSync(folder) ? readdirSync(folder).sort() : [];
  };

  async function send(
    { statement, layers }: UpdateImage,
    { readyMs = 60_000, steadyMs = 1000, signature = new Uint8Array() as Uint8Array } = {},
  ): Promise<{ done: UpdateDone; bytes: number }> {
    using machine = client();
    const bytes = statementBytes(statement);
    return await sendUpdate(
      machine.update(),
      { statement: bytes, signature, layers, readyMs, steadyMs },
      work,
    );
  }
  const refusal = (update: UpdateImage, options = {}): Promise<string> =>
    send(update, options).then(
      () => 'taken',
      (error: { details?: string }) => error.details ?? String(error),
    );

  /** The same as an answer to what the machine asks for now. */
  async function answered({ statement, layers }: UpdateImage): Promise<UpdateImage> {
    using machine = client();
    const { challenge } = await machine.imageState();
    return { statement: { ...statement, challenge }, layers };
  }
  const signatureOf = ({ statement }: UpdateImage, key = keys.privateKey): Buffer =>
    signStatement(statementBytes(statement), key);

  test('what must not be is refused with its reason, and changes nothing', async () => {
    const before = await states();
    const update = await make({ ...image, web: [sleeping(3334)] });
    const { statement, layers } = update;
    const changed = (part: object): UpdateImage => ({ statement: { ...statement, ...part }, layers });
    const inventory = (part: object) => changed({ inventory: { ...statement.inventory, ...part } });
    expect(await refusal(inventory({ stateVersion: 2 }))).toMatch(
      /^Cannot update: its stateVersion is 2, and/,
    );
    expect(await refusal(inventory({ arch: 'arm64' }))).toBe(
      'Cannot update: the image is for arm64, and the machine is amd64',
    );
    const motd = { machine: { ...statement.inventory.machine, 'file "/etc/motd"': '0'.repeat(64) } };
    expect(await refusal(inventory(motd))).toBe(
      'Cannot update: file "/etc/motd" differs, which takes a boot of the new image',
    );
    const [top, programs] = statement.layers;
    const wrong = { ...top, digest: `sha256:${'0'.repeat(64)}` };
    const lying = {
      ...changed({ layers: [wrong, programs] }),
      layers: [{ ...layers[0], ...wrong }, layers[1]],
    };
    expect(await refusal(lying as UpdateImage)).toBe(
      `Cannot take a layer of an update: its bytes are not those of ${wrong.digest}`,
    );
    expect(await refusal(changed({ layers: [{ ...top, bytes: 2 ** 50 }, programs] }))).toMatch(
      /^Cannot bring \d+\.\d MB of an update into the machine: it has \d+\.\d MB of memory left for it$/,
    );
    expect(await refusal(changed({ layers: [top] }))).toBe(
      `Cannot update: layer ${programs?.id} is neither in the machine nor in the update`,
    );
    expect(await refusal(inventory({ services: { web: '0'.repeat(64) } }))).toMatch(/is not the top layer/);
    expect(await states()).toBe(before);
    expect(stored()).toEqual([]);
  });

  test('endless data and silence after a statement are ended', async () => {
    const { statement, layers } = await make({ ...image, web: [sleeping(3335)] });
    using machine = client();
    const call = machine.update();
    const failed = new Promise<string>((resolve) =>
      call.on('error', (error: { details?: string }) => resolve(error.details ?? '')),
    );
    call.on('data', () => {});
    call.write({ start: { statement: statementBytes(statement), signature: Buffer.alloc(0) } });
    const [layer] = layers;
    if (!layer) throw new Error('no layer');
    call.write({ layer: { id: layer.id, digest: layer.digest, bytes: BigInt(layer.bytes) } });
    for (let sent = 0; sent < layer.bytes + 1; sent += 65_536) call.write({ data: Buffer.alloc(65_536) });
    expect(await failed).toBe(`Cannot take a layer of an update: it has more than its ${layer.bytes} bytes`);
    await vi.waitFor(() => expect(stored()).toEqual([]), patience);
  });

  test('services are replaced, added and removed; the others keep running', async () => {
    const db = await guest.pidOf('db');
    const update = await make({
      db: image.db ?? [''],
      web: [sleeping(4444, 'new')],
      extra: [sleeping(5555)],
    });
    const { done, bytes } = await send(update);
    expect(done).toEqual({ failure: '', service: '', lines: [], down: [] });
    expect(bytes).toBe(update.layers.reduce((sum, layer) => sum + layer.bytes, 0));
    expect(await states()).toBe('db ready, extra ready, web ready');
    expect(await guest.pidOf('db')).toBe(db);
    expect((await guest.exec('web', ['ps'])).stdout).toContain('sleep 4444');
    expect((await guest.logs('web')).map(({ message }) => message)).toContain('runs new');
    using machine = client();
    const { inventory, updated } = await machine.imageState();
    expect([JSON.parse(inventory), updated]).toEqual([update.statement.inventory, true]);
    // Restarted by the supervisor, it is the new one again.
    await guest.command('restartService', 'web');
    await vi.waitFor(
      async () => expect((await guest.exec('web', ['ps'])).stdout).toContain('sleep 4444'),
      patience,
    );
  });

  test('if a new service fails, the earlier ones run again, and an incident tells why', async () => {
    const [db, before, kept] = [await guest.pidOf('db'), await states(), stored()];
    const failing = 'echo cannot read the table >&2; exit 7';
    const { done } = await send(
      await make({ db: image.db ?? [''], extra: [sleeping(6666)], web: [failing] }),
    );
    expect(done).toMatchObject({
      ...{ failure: 'service "web" does not stay up: exit status 7', service: 'web', down: [] },
    });
    expect(done.lines.map(({ message }) => message)).toContain('cannot read the table');
    expect(await states()).toBe(before);
    expect(await guest.pidOf('db')).toBe(db);
    expect((await guest.exec('web', ['ps'])).stdout).toContain('sleep 4444');
    expect((await guest.exec('extra', ['ps'])).stdout).toContain('sleep 5555');
    const incidents = await guest.incidents('web');
    expect(incidents.at(-1)?.what).toBe('update failed: does not stay up: exit status 7');
    expect(stored()).toEqual(kept);
  });

  test('one that is not ready in time is no success either', async () => {
    const web: Services[string] = [sleeping(7777), { ready: { exec: ['/bin/test', '-e', '/never'] } }];
    const services = { db: image.db ?? [''], extra: [sleeping(5555)] as const, web };
    const { done } = await send(await make(services), { readyMs: 1500 });
    expect(done.failure).toBe('service "web" was not ready within 1.5 s');
    expect((await guest.exec('web', ['ps'])).stdout).toContain('sleep 4444');
  });

  test('one that is ready, and then unhealthy, is no success, and an incident tells why', async () => {
    const script = 'touch /dev/well; sleep 2; rm /dev/well; echo lost the disk >&2; exec sleep 7778';
    const ready = { exec: ['/bin/test', '-e', '/dev/well'], intervalMs: 200, retries: 1 };
    const services = {
      db: image.db ?? [''],
      extra: [sleeping(5555)] as const,
      web: [script, { ready }] as const,
    };
    const { done } = await send(await make(services), { readyMs: 4000, steadyMs: 4000 });
    expect(done.failure).toMatch(/^service "web" was not ready within 4 s: /);
    expect((await guest.exec('web', ['ps'])).stdout).toContain('sleep 4444');
    const incidents = (await guest.incidents('web')).map(({ what }) => what);
    expect(incidents).toContainEqual(expect.stringMatching(/^update failed: was not ready within 4 s: /));
  });

  test('a second update is refused while one is on its way', async () => {
    const { statement } = await make({ ...image, web: [sleeping(8888)] });
    using machine = client();
    const call = machine.update();
    call.on('error', () => {});
    const answered = new Promise((resolve) => call.once('data', resolve));
    call.write({ start: { statement: statementBytes(statement), signature: Buffer.alloc(0) } });
    await answered;
    expect(await refusal(await make({ ...image, web: [sleeping(8889)] }))).toBe(
      'Cannot update: another update is on its way; try again when it has ended',
    );
    call.cancel();
    await vi.waitFor(async () => {
      expect(await refusal({ statement: { ...statement, top: '0'.repeat(16) }, layers: [] })).not.toContain(
        'on its way',
      );
    }, patience);
  });

  const renewSupervisor = async (): Promise<void> => {
    await guest.killSupervisor();
    await guest.startSupervisor();
    await vi.waitFor(async () => expect((await guest.serviceNamed('web'))?.state).toBe('ready'), patience);
  };

  test('a new supervisor runs the services of the update', async () => {
    const before = await guest.pidOf('web');
    await renewSupervisor();
    expect(await states()).toBe('db ready, extra ready, web ready');
    expect(await guest.pidOf('web')).toBe(before);
  });

  test('an image with keys takes only what one of them has signed', async () => {
    const pem = keys.publicKey.export({ type: 'spki', format: 'pem' }).toString();
    writeFileSync(guest.paths.updates, JSON.stringify({ keys: [pem] }));
    await renewSupervisor();
    const services = { db: image.db ?? [''], extra: [sleeping(5555)], web: [sleeping(9999)] } as const;
    const update = await answered(await make(services));
    const only = 'Cannot update: the machine takes only what the keys in its own image have signed, and';
    expect(await refusal(update)).toBe(`${only} it is not signed`);
    const other = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    expect(await refusal(update, { signature: signatureOf(update, other.privateKey) })).toBe(
      `${only} none of these keys has signed it`,
    );
    const { done } = await send(update, { signature: signatureOf(update) });
    expect(done.failure).toBe('');
    expect((await guest.exec('web', ['ps'])).stdout).toContain('sleep 9999');
  });

  test('what was signed for another time or machine is refused', async () => {
    const services = { db: image.db ?? [''], extra: [sleeping(5555)], web: [sleeping(7777)] } as const;
    const other = await make(services);
    const again =
      'Cannot update: it was signed for another machine or at another time; kit update signs it anew';
    expect(await refusal(other, { signature: signatureOf(other) })).toBe(again);
    const update = await answered(other);
    const signature = signatureOf(update);
    await send(update, { signature });
    const back = await answered(await make({ ...services, web: [sleeping(9999)] }));
    await send(back, { signature: signatureOf(back) });
    expect(await refusal(update, { signature })).toBe(again);
  });

  test('a supervisor that ends in the middle of an update: the next one starts the earlier services', async () => {
    const slow: Services[string] = [sleeping(1234), { ready: { exec: ['/bin/test', '-e', '/never'] } }];
    const update = await answered(await make({ db: image.db ?? [''], extra: [sleeping(5555)], web: slow }));
    const broken = send(update, { signature: signatureOf(update) }).catch(() => 'broken off');
    await vi.waitFor(async () => expect((await guest.serviceNamed('web'))?.state).toBe('running'), patience);
    await guest.killSupervisor();
    expect(await broken).toBe('broken off');
    await guest.startSupervisor();
    await vi.waitFor(async () => expect(await states()).toBe('db ready, extra ready, web ready'), patience);
    expect((await guest.exec('web', ['ps'])).stdout).toContain('sleep 9999');
  });

  test('none is taken during a shutdown', async () => {
    guest.send({ kind: 'stop' });
    const update = await make({ db: image.db ?? [''] });
    expect(await refusal(update)).toBe('Cannot update: the machine shuts down');
  });
});
