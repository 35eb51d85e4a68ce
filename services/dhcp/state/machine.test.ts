import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ServerMessage } from '../protocol/message.ts';
import { code } from '../protocol/options.ts';
import { decoded, type ReplyFields, reply } from '../testdata/reply.ts';
import { initialState, transition, wakeAt } from './machine.ts';
import type { ClientAction, ClientEvent, ClientState } from './state.ts';

/** Drives the state machine with a simulated clock and keeps the actions of the last step. */
class Drive {
  state: ClientState = initialState();
  now = 1000;
  actions: readonly ClientAction[] = [];

  do(event: ClientEvent): this {
    const next = transition(this.state, event, { now: this.now, random: () => 0.5 });
    this.state = next.state;
    this.actions = next.actions;
    return this;
  }

  link(carrier = true): this {
    return this.do({ kind: 'link', carrier });
  }

  /** Advances the clock to `wakeAt`, or by `ms`. */
  sleep(ms = wakeAt(this.state) - this.now): this {
    this.now += ms;
    return this.do({ kind: 'tick' });
  }

  answer(type: ServerMessage['type'], fields: ReplyFields = {}, seconds = 3600): this {
    const xid = 'exchange' in this.state ? this.state.exchange.xid : 0;
    const time = Buffer.alloc(4);
    time.writeUInt32BE(seconds);
    const bytes = reply(
      [
        [code.leaseTime, time],
        [code.subnetMask, '255.255.255.0'],
      ],
      { type, xid, ...fields },
    );
    return this.do({ kind: 'message', message: decoded(bytes) });
  }

  /** Until the address has been probed. */
  probed(): this {
    while (this.state.name === 'probing') this.sleep();
    return this;
  }

  bound(seconds = 3600): this {
    return this.link().answer('offer', {}, seconds).answer('ack', {}, seconds).probed();
  }
}

const kinds = (drive: Drive): string[] =>
  drive.actions.map((action) =>
    action.kind === 'send' ? `${action.message.type} ${action.to ?? 'all'}` : action.kind,
  );

test('discover, offer, request, acknowledge', () => {
  const drive = new Drive().link();
  expect(kinds(drive)).toEqual(['discover all']);
  drive.answer('offer');
  expect(drive.actions).toMatchObject([
    { kind: 'send', message: { type: 'request', requestedAddress: '10.0.2.15', server: '10.0.2.2' } },
  ]);
  drive.answer('ack').probed();
  expect(drive.actions).toMatchObject([
    { kind: 'configure', renewed: false, lease: { address: '10.0.2.15', seconds: 3600 } },
  ]);
  expect(drive.state.name).toBe('bound');
});

test('retransmits with growing pauses', () => {
  const drive = new Drive().link();
  const pauses = Array.from({ length: 10 }, () => {
    const before = drive.now;
    expect(kinds(drive.sleep())).toContain('discover all');
    return drive.now - before;
  });
  expect(pauses).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 32_000, 64_000, 64_000, 64_000]);
});

test('returns to discovery when a server does not acknowledge its own offer', () => {
  const drive = new Drive().link().answer('offer');
  for (let tries = 0; tries < 3; tries++) expect(kinds(drive.sleep())).toEqual(['request all']);
  expect(kinds(drive.sleep())).toEqual(['turned-down', 'discover all']);
  expect(drive.actions).toContainEqual({
    kind: 'turned-down',
    text: '10.0.2.2 offered 10.0.2.15, and does not acknowledge it',
  });
});

test('pauses after a server refuses its own offer', () => {
  const drive = new Drive().link().answer('offer').answer('nak');
  expect(kinds(drive)).toEqual(['log']);
  expect(wakeAt(drive.state) - drive.now).toBe(1000);
  expect(kinds(drive.sleep())).toEqual(['discover all']);
});

test('replies of other exchanges are ignored', () => {
  const drive = new Drive().link().answer('offer', { xid: 77 });
  expect([drive.state.name, drive.actions]).toEqual(['selecting', []]);
  drive.do({ kind: 'unreadable', xid: 77, from: '10.0.2.2', why: 'x' });
  expect(drive.actions).toEqual([]);
});

const text = (drive: Drive): string[] =>
  drive.actions.flatMap((action) => (action.kind === 'turned-down' ? [action.text] : []));

test('what is heard and not taken is named, with the server and the reason', () => {
  const drive = new Drive().link();
  expect(text(drive.answer('ack'))).toEqual([
    '10.0.2.2 acknowledged 10.0.2.15, which is not taken: nothing was requested yet',
  ]);
  expect(text(drive.answer('nak'))).toEqual(['10.0.2.2 refused, and was not asked for an address']);
  expect(text(drive.answer('offer', { address: '127.0.0.1' }))).toEqual([
    '10.0.2.2 offered 127.0.0.1, which is not taken: not the address of a host',
  ]);
  drive.do({ kind: 'unreadable', xid: 2 ** 31, from: '10.0.2.9', why: 'no message type' });
  expect(text(drive)).toEqual(['10.0.2.9 sent a reply that is not taken: no message type']);
  expect(drive.state.name).toBe('selecting');
  while (!drive.actions.some(({ kind }) => kind === 'log')) drive.sleep();
  expect(drive.actions).toContainEqual({
    kind: 'log',
    text: 'no DHCP server offers an address that can be taken; still trying',
  });
  drive.answer('offer');
  expect(text(drive.answer('nak', { server: '10.0.2.66' }))).toEqual([
    '10.0.2.66 refused, which does not count: 10.0.2.2 was asked',
  ]);
  expect(text(drive.answer('ack', { server: '10.0.2.66', address: '10.0.2.16' }))).toEqual([
    '10.0.2.66 acknowledged 10.0.2.16, which is not taken: 10.0.2.2 was asked, for 10.0.2.15',
  ]);
  expect(drive.answer('offer', { server: '10.0.2.66' }).actions).toEqual([]);
  expect(drive.state.name).toBe('requesting');
});

test.each([
  [
    'without a server identifier',
    null,
    '10.0.2.2',
    'no server identifier: 10.0.2.2, which sent it, is taken',
  ],
  ['of another one', '10.0.2.9', '10.0.2.9', '10.0.2.9 acknowledged what 10.0.2.2 was asked for'],
])('an ACK %s counts, for the address that was asked for', (_case, server, named, assumed) => {
  const drive = new Drive().link().answer('offer').answer('ack', { server }).probed();
  expect(drive.actions).toMatchObject([
    { kind: 'configure', lease: { address: '10.0.2.15', server: named, assumed: [assumed] } },
  ]);
});

test('an offer that lacks something is taken if no better one comes', () => {
  const alone = new Drive().link().answer('offer', { server: null });
  expect([alone.state.name, alone.actions]).toEqual(['selecting', []]);
  expect(kinds(alone.sleep())).toEqual(['request all']);
  expect(alone.actions).toMatchObject([{ message: { server: '10.0.2.2', requestedAddress: '10.0.2.15' } }]);
  const better = new Drive().link().answer('offer', { server: null, address: '10.0.2.99' }).answer('offer');
  expect(better.actions).toMatchObject([{ message: { requestedAddress: '10.0.2.15' } }]);
});

test('renews at T1 by unicast, rebinds at T2 by broadcast, gives up at expiry', () => {
  const drive = new Drive().bound();
  expect(kinds(drive.sleep())).toEqual(['request 10.0.2.2']);
  expect([drive.now, drive.state.name]).toEqual([1000 + 1_800_000, 'renewing']);
  expect(drive.actions).toMatchObject([{ message: { clientAddress: '10.0.2.15' } }]);
  while (drive.state.name === 'renewing') drive.sleep();
  expect([drive.now, drive.state.name, kinds(drive)]).toEqual([
    1000 + 3_150_000,
    'rebinding',
    ['request all'],
  ]);
  while (drive.state.name === 'rebinding') drive.sleep();
  expect([drive.now, kinds(drive)]).toEqual([1000 + 3_600_000, ['deconfigure', 'discover all']]);
});

test('a renewed lease counts from the request and is reported as renewed', () => {
  const drive = new Drive().bound().sleep();
  drive.now += 400;
  drive.answer('ack');
  expect(drive.actions).toMatchObject([
    { kind: 'configure', renewed: true, lease: { expiresAt: drive.now - 400 + 3_600_000 } },
  ]);
});

test('accepts a NAK only from its own server while renewing, from any while rebinding', () => {
  const drive = new Drive().bound().sleep();
  expect(drive.answer('nak', { server: '10.0.2.66' }).state.name).toBe('renewing');
  while (drive.state.name === 'renewing') drive.sleep();
  drive.answer('nak', { server: '10.0.2.66' });
  expect([kinds(drive), drive.state.name]).toEqual([['deconfigure'], 'selecting']);
});

test('keeps the lease when the carrier is lost and verifies it when the carrier is back', () => {
  const drive = new Drive().bound().link(false);
  expect([drive.state.name, kinds(drive)]).toEqual(['waiting', ['suspend']]);
  drive.link();
  expect(drive.actions).toMatchObject([{ message: { type: 'request', requestedAddress: '10.0.2.15' } }]);
  expect(JSON.stringify(drive.actions)).not.toContain('server');
  expect(kinds(drive.answer('ack'))).toEqual(['configure']);
});

test('drops the old lease in another network, after a NAK or without a reply', () => {
  const refused = new Drive().bound().link(false).link().answer('nak');
  expect([kinds(refused), refused.state.lease]).toEqual([['deconfigure'], undefined]);
  const unheard = new Drive().bound().link(false).link();
  while (unheard.state.name === 'rebooting') unheard.sleep();
  expect(kinds(unheard)).toEqual(['configure', 'discover all']);
  expect(unheard.actions[1]).toMatchObject({ message: { requestedAddress: '10.0.2.15' } });
});

test('an address is probed three times before the interface has it', () => {
  const drive = new Drive().link().answer('offer').answer('ack');
  expect([drive.state.name, kinds(drive)]).toEqual(['probing', ['probe']]);
  expect([kinds(drive.sleep()), kinds(drive.sleep()), kinds(drive.sleep())]).toEqual([
    ['probe'],
    ['probe'],
    ['configure'],
  ]);
  expect(drive.now).toBe(1300);
});

test('an address that another host has is declined, and another asked for ten seconds later', () => {
  const drive = new Drive().link().answer('offer').answer('ack');
  const conflict = { kind: 'conflict', mac: '52:54:00:00:00:01' } as const;
  expect(drive.do({ ...conflict, address: '10.0.2.99' }).actions).toEqual([]);
  drive.do({ ...conflict, address: '10.0.2.15' });
  expect(drive.actions).toMatchObject([
    { kind: 'send', message: { type: 'decline', requestedAddress: '10.0.2.15', server: '10.0.2.2' } },
    {
      kind: 'turned-down',
      text: '10.0.2.2 leased 10.0.2.15, which is not taken: 52:54:00:00:00:01 has it already',
    },
  ]);
  expect(wakeAt(drive.state) - drive.now).toBe(10_000);
  expect(kinds(drive.sleep())).toEqual(['discover all']);
});

test('the address of an earlier run is asked for twice, then any, that one rather', () => {
  const drive = new Drive();
  drive.state = initialState('10.0.2.15');
  drive.link();
  expect(drive.actions).toMatchObject([{ message: { type: 'request', requestedAddress: '10.0.2.15' } }]);
  expect(kinds(drive.sleep())).toEqual(['request all']);
  drive.sleep();
  expect(drive.actions).toMatchObject([{ message: { type: 'discover', requestedAddress: '10.0.2.15' } }]);
  const refused = new Drive();
  refused.state = initialState('10.0.2.15');
  expect(kinds(refused.link().answer('nak'))).toEqual(['log']);
  const same = new Drive();
  same.state = initialState('10.0.2.15');
  expect(kinds(same.link().answer('ack').probed())).toEqual(['configure']);
});

test('gives up a lease that expires without a carrier', () => {
  const drive = new Drive().bound().link(false);
  expect(kinds(drive.sleep())).toEqual(['deconfigure']);
  expect(wakeAt(drive.state)).toBe(Number.POSITIVE_INFINITY);
});

test('gives up an expired lease at once after suspend', () => {
  expect(kinds(new Drive().bound().sleep(10_000_000))).toEqual(['deconfigure', 'discover all']);
});

test('never renews an infinite lease', () => {
  expect(wakeAt(new Drive().bound(0xffffffff).state)).toBe(Number.POSITIVE_INFINITY);
});

test('property: the next wake-up is always in the future', () => {
  const event = fc.oneof(
    fc.record({ kind: fc.constant('link' as const), carrier: fc.boolean() }),
    fc.record({ kind: fc.constant('sleep' as const) }),
    fc.record({
      kind: fc.constant('answer' as const),
      type: fc.constantFrom('offer' as const, 'ack' as const, 'nak' as const),
      server: fc.constantFrom('10.0.2.2', '10.0.2.3', null),
      seconds: fc.constantFrom(0, 1, 60, 3600, 0xffffffff),
    }),
  );
  fc.assert(
    fc.property(fc.array(event, { maxLength: 60 }), (events) => {
      const drive = new Drive();
      for (const happened of events) {
        if (happened.kind === 'link') drive.link(happened.carrier);
        else if (happened.kind === 'answer')
          drive.answer(happened.type, { server: happened.server }, happened.seconds);
        else if (wakeAt(drive.state) < Number.POSITIVE_INFINITY) drive.sleep();
        expect(wakeAt(drive.state)).toBeGreaterThan(drive.now);
      }
    }),
  );
});
