import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ServerMessage6, statusCodes } from '../message6.ts';
import { initialState6, transition6, wakeAt6 } from './machine6.ts';
import type { Action6, Event6, State6, Wanted } from './state6.ts';

const server = Buffer.from('000200001234', 'hex');
const fine = { code: statusCodes.success, text: '' };
const address = { address: 'fd00::15', preferred: 1800, valid: 3600 };
const prefix = { prefix: 'fd00:1::', length: 56, preferred: 1800, valid: 3600 };
const none = { renewal: 0, rebinding: 0, status: fine };

/** Drives the state machine with a simulated clock and keeps the actions of the last step. */
class Drive {
  state: State6 = initialState6;
  now = 1000;
  actions: readonly Action6[] = [];

  do(event: Event6): this {
    const next = transition6(this.state, event, { now: this.now, random: () => 0.5 });
    this.state = next.state;
    this.actions = next.actions;
    return this;
  }

  want(wanted: Partial<Wanted> = { address: true }): this {
    return this.do({ kind: 'want', wanted: { address: false, settings: false, ...wanted } });
  }

  sleep(ms = wakeAt6(this.state) - this.now): this {
    this.now += ms;
    return this.do({ kind: 'tick' });
  }

  answer(type: ServerMessage6['type'], fields: Partial<ServerMessage6> = {}): this {
    const xid = 'exchange' in this.state ? this.state.exchange.xid : 0;
    const plain = {
      client: Buffer.alloc(3),
      server,
      preference: 0,
      rapidCommit: false,
      status: fine,
      faults: [],
    };
    const lease = { addresses: { ...none, leased: [address] }, dns: ['fd00::53'], search: [], ntp: [] };
    return this.do({ kind: 'message', message: { type, xid, ...plain, ...lease, ...fields } });
  }

  bound(): this {
    return this.want().answer('advertise').sleep().answer('reply');
  }
}

const kinds = (drive: Drive): string[] =>
  drive.actions.map((action) => (action.kind === 'send' ? action.message.type : action.kind));

test('solicit, advertise, request, reply; offers are compared for a second', () => {
  const drive = new Drive().want();
  expect(drive.actions).toMatchObject([{ kind: 'send', message: { type: 'solicit', addresses: [] } }]);
  drive.answer('advertise', { preference: 1 });
  drive.answer('advertise', { preference: 7, server: Buffer.from('other') });
  expect([drive.state.name, drive.actions]).toEqual(['soliciting', []]);
  drive.sleep();
  expect(drive.now).toBe(1000 + 1050);
  expect(drive.actions).toMatchObject([
    { message: { type: 'request', server: Buffer.from('other'), addresses: ['fd00::15'] } },
  ]);
  drive.answer('reply');
  expect(drive.state.name).toBe('requesting');
  drive.answer('reply', { server: Buffer.from('other') });
  expect(drive.actions).toMatchObject([{ kind: 'configure', renewed: false, lease: { dns: ['fd00::53'] } }]);
});

test('a server of the highest preference is asked at once, and so is one that comes late', () => {
  expect(kinds(new Drive().want().answer('advertise', { preference: 255 }))).toEqual(['request']);
  expect(kinds(new Drive().want().sleep().answer('advertise'))).toEqual(['request']);
});

test('a server that has nothing is named, and not asked', () => {
  const status = { code: statusCodes.noAddresses, text: 'no more' };
  const drive = new Drive().want().answer('advertise', { addresses: { ...none, leased: [], status } });
  expect(drive.actions).toEqual([{ kind: 'log', text: 'a DHCPv6 server offers no lease: no more' }]);
  expect(kinds(drive.sleep())).toEqual(['solicit']);
});

test('a request that nobody answers leads back to soliciting, after ten tries', () => {
  const drive = new Drive().want().answer('advertise').sleep();
  for (let tries = 1; tries < 10; tries++) expect(kinds(drive.sleep())).toEqual(['request']);
  expect(kinds(drive.sleep())).toEqual(['solicit']);
});

test('renews at T1, rebinds at T2, gives up at expiry', () => {
  const drive = new Drive().bound();
  const { now } = drive;
  expect(kinds(drive.sleep())).toEqual(['renew']);
  expect(drive.now - now).toBe(900_000);
  while (drive.state.name === 'renewing') drive.sleep();
  expect([kinds(drive), drive.now - now]).toEqual([['rebind'], 1_440_000]);
  while (drive.state.name === 'rebinding') drive.sleep();
  expect([kinds(drive), drive.now - now]).toEqual([['deconfigure', 'solicit'], 3_600_000]);
});

test('a renewed lease is no news, and one that the server forgot is asked for again', () => {
  const drive = new Drive().bound().sleep();
  const status = { code: statusCodes.noBinding, text: '' };
  drive.answer('reply', { addresses: { ...none, leased: [], status } });
  expect(drive.actions).toMatchObject([{ message: { type: 'request', addresses: ['fd00::15'] } }]);
  const renewed = new Drive().bound().sleep().answer('reply');
  expect(renewed.actions).toMatchObject([{ kind: 'configure', renewed: true }]);
});

test('a prefix is asked for by its length, alone or with an address', () => {
  const drive = new Drive().want({ prefix: 56 });
  expect(drive.actions).toMatchObject([{ message: { prefixes: [{ prefix: '::', length: 56 }] } }]);
  expect(drive.actions[0]).not.toHaveProperty('message.addresses');
  drive.answer('advertise', { addresses: undefined, prefixes: { ...none, leased: [prefix] } }).sleep();
  expect(drive.actions).toMatchObject([{ message: { prefixes: [{ prefix: 'fd00:1::', length: 56 }] } }]);
});

test('settings alone are asked for again after a day, or when the server says', () => {
  const drive = new Drive().want({ settings: true });
  expect(kinds(drive)).toEqual(['information-request']);
  drive.answer('reply', { addresses: undefined });
  expect(drive.actions).toEqual([{ kind: 'inform', settings: { dns: ['fd00::53'], search: [], ntp: [] } }]);
  expect(wakeAt6(drive.state) - drive.now).toBe(86_400_000);
  expect(kinds(drive.sleep())).toEqual(['information-request']);
  drive.answer('reply', { refresh: 1 });
  expect(wakeAt6(drive.state) - drive.now).toBe(600_000);
});

test('an address that another host has is declined', () => {
  const drive = new Drive().bound().do({ kind: 'conflict', addresses: ['fd00::15'] });
  expect(kinds(drive)).toEqual(
    ['send', 'deconfigure', 'solicit'].map((kind) => (kind === 'send' ? 'decline' : kind)),
  );
  expect(drive.do({ kind: 'conflict', addresses: ['fd00::15'] }).actions).toEqual([]);
});

/** With a prefix. */
const withPrefix = (): Drive => {
  const leased = { addresses: undefined, prefixes: { ...none, leased: [prefix] } };
  return new Drive().want({ prefix: 56 }).answer('advertise', leased).sleep().answer('reply', leased);
};

test.each([
  ['addresses', () => new Drive().bound(), 'confirm'],
  ['a prefix', withPrefix, 'rebind'],
])('a network that nobody verifies keeps its lease of %s', (_what, make, type) => {
  const drive = make();
  const { now } = drive;
  drive.do({ kind: 'link' });
  const sent: string[] = kinds(drive);
  while (drive.state.name !== 'bound') sent.push(...kinds(drive.sleep()));
  expect(sent).toEqual(Array(5).fill(type));
  expect([drive.actions, drive.now - now > 10_000, drive.now - now < 20_000]).toEqual([[], true, true]);
});

test('a network is verified with all addresses, by any server, after a moment', () => {
  const drive = new Drive().bound().do({ kind: 'link' });
  expect([drive.actions, wakeAt6(drive.state) - drive.now]).toEqual([[], 500]);
  expect(drive.sleep().actions).toEqual([
    {
      kind: 'send',
      message: { type: 'confirm', xid: expect.any(Number), elapsedMs: 500, addresses: ['fd00::15'] },
    },
  ]);
  drive.answer('reply', { server: Buffer.from('other'), addresses: undefined });
  expect(drive.state.name).toBe('bound');
  expect(drive.actions).toMatchObject([{ kind: 'configure', renewed: true, lease: { dns: ['fd00::53'] } }]);
});

test('another network takes the lease away', () => {
  const status = { code: statusCodes.notOnLink, text: '' };
  const drive = new Drive().bound().do({ kind: 'link' }).sleep();
  drive.answer('reply', { status, addresses: undefined });
  expect(kinds(drive)).toEqual(['deconfigure', 'solicit']);
  expect(drive.actions[0]).toMatchObject({ reason: 'refused: it belongs to another network' });
  // Servers that say something else know nothing of it.
  const unsure = new Drive().bound().do({ kind: 'link' }).sleep();
  unsure.answer('reply', { status: { code: 1, text: '' } });
  expect([unsure.state.name, unsure.actions]).toEqual(['confirming', []]);
});

test('a lease that has to be renewed is not verified first', () => {
  const drive = new Drive().bound();
  drive.now += 899_800;
  drive.do({ kind: 'link' });
  expect(kinds(drive.sleep())).toEqual(['renew']);
});

test('a lease is released once its addresses are gone, and the server has two seconds', () => {
  const drive = new Drive().bound().do({ kind: 'release' });
  expect(kinds(drive)).toEqual(['deconfigure', 'release']);
  expect(drive.actions[1]).toMatchObject({ message: { server, addresses: ['fd00::15'] } });
  // Nothing starts again.
  drive.want({ address: true, settings: true }).do({ kind: 'link' });
  expect([drive.state.name, drive.actions]).toEqual(['releasing', []]);
  drive.answer('reply', { server: Buffer.from('other') });
  expect(drive.actions).toEqual([]);
  drive.answer('reply');
  expect([kinds(drive), drive.state.name]).toEqual([['released'], 'idle']);
  const silent = new Drive().bound().do({ kind: 'release' });
  const { now } = silent;
  expect([kinds(silent.sleep()), kinds(silent.sleep())]).toEqual([['release'], ['released']]);
  expect(silent.now - now).toBeLessThan(2300);
  expect(kinds(withPrefix().do({ kind: 'release' }))).toEqual(['deconfigure', 'release']);
  expect(kinds(new Drive().want().do({ kind: 'release' }))).toEqual(['released']);
});

test('what routers say decides, and a lease outlives other flags', () => {
  const drive = new Drive().want({});
  expect([drive.state.name, drive.actions]).toEqual(['idle', []]);
  expect(kinds(drive.want({ settings: true }))).toEqual(['information-request']);
  expect(kinds(drive.want({ address: true, settings: true }))).toEqual(['solicit']);
  expect(new Drive().bound().want({ settings: true }).state.name).toBe('bound');
});

test('property: the next wake-up is always in the future', () => {
  const event = fc.oneof(
    fc.constantFrom<Event6>({ kind: 'link' }, { kind: 'release' }, { kind: 'tick' }),
    fc.record({ kind: fc.constant('sleep' as const) }),
    fc.record({
      kind: fc.constant('answer' as const),
      type: fc.constantFrom('advertise' as const, 'reply' as const),
      valid: fc.constantFrom(0, 1, 60, 3600, Number.POSITIVE_INFINITY),
      status: fc.constantFrom(...Object.values(statusCodes)),
    }),
    fc.record({ kind: fc.constant('wanted' as const), address: fc.boolean(), settings: fc.boolean() }),
  );
  fc.assert(
    fc.property(fc.array(event, { maxLength: 60 }), (events) => {
      const drive = new Drive();
      for (const happened of events) {
        if (happened.kind === 'sleep') {
          if (wakeAt6(drive.state) < Number.POSITIVE_INFINITY) drive.sleep();
        } else if (happened.kind === 'wanted') drive.want(happened);
        else if (happened.kind === 'answer') {
          const leased = [{ ...address, valid: happened.valid, preferred: happened.valid }];
          drive.answer(happened.type, {
            addresses: { ...none, leased, status: { code: happened.status, text: '' } },
          });
        } else drive.do(happened);
        expect(wakeAt6(drive.state)).toBeGreaterThan(drive.now);
      }
    }),
  );
});
