import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Gate, Visit } from './gate.ts';
import { Penalties } from './penalties.ts';
import { Startups } from './startups.ts';

const startups = { begin: 32, rate: 30, full: 100, perSource: 24 };
const logins = { total: 3, perKey: 2 };

test('while a hundred idle connections from one address hang, all from others are served', () => {
  // Without chance: whatever the random numbers are.
  for (const random of [0, 0.5, 0.999]) {
    const sure = new Gate({ startups, penalties: true, logins }, undefined, () => random);
    for (let count = 0; count < 100; count += 1) sure.enter('2001:db8::1');
    expect(sure.enter('2001:db8:0:1::1')).toBeInstanceOf(Visit);
    expect(sure.enter('192.0.2.1')).toBeInstanceOf(Visit);
  }
  const gate = new Gate({ startups, penalties: true, logins });
  const idle = Array.from({ length: 100 }, () => gate.enter('192.0.2.66'));
  expect(idle.filter((visit) => visit instanceof Visit)).toHaveLength(startups.perSource);
});

test('from many addresses, connections are refused at random, and all of them at the limit', () => {
  const refused = (count: number, random: number): boolean => {
    const limited = new Startups(startups, () => random);
    for (let source = 0; source < count; source += 1) limited.enter(`source ${source}`);
    return limited.refuses('new') !== undefined;
  };
  expect(refused(31, 0)).toBe(false);
  expect([refused(32, 0.29), refused(32, 0.31)]).toEqual([true, false]);
  expect([refused(66, 0.64), refused(66, 0.66)]).toEqual([true, false]);
  expect(refused(100, 0.999_999)).toBe(true);
});

test('property: after everybody has left, everybody may come', () => {
  const source = fc.constantFrom('a', 'b', 'c');
  fc.assert(
    fc.property(fc.array(source, { maxLength: 200 }), (sources) => {
      const counted = new Startups(startups, () => 0);
      const leave = sources.map((name) => counted.enter(name));
      for (const left of [...leave, ...leave]) left();
      expect(['a', 'b', 'c'].map((name) => counted.refuses(name))).toEqual([undefined, undefined, undefined]);
      for (let count = 0; count < startups.perSource; count += 1) {
        expect(counted.refuses('a')).toBeUndefined();
        counted.enter('a');
      }
      expect(counted.refuses('a')).toBeDefined();
    }),
  );
});

test('penalties add up, count from fifteen seconds on, and end', () => {
  let nowMs = 0;
  const penalties = new Penalties(() => nowMs);
  for (let times = 0; times < 2; times += 1) penalties.add('a', 'authfail');
  expect(penalties.refuses('a')).toBe(false);
  penalties.add('a', 'authfail');
  expect([penalties.refuses('a'), penalties.refuses('b')]).toEqual([true, false]);
  nowMs = 14_999;
  expect(penalties.refuses('a')).toBe(true);
  nowMs = 15_000;
  expect(penalties.refuses('a')).toBe(false);
  // Old ones are forgotten.
  penalties.add('a', 'authfail');
  expect(penalties.refuses('a')).toBe(false);
});

test('a broken rule counts at once; no penalty is longer than ten minutes', () => {
  let nowMs = 0;
  const penalties = new Penalties(() => nowMs);
  for (let times = 0; times < 50; times += 1) penalties.add('a', 'abuse');
  nowMs = 599_999;
  expect(penalties.refuses('a')).toBe(true);
  nowMs = 600_000;
  expect(penalties.refuses('a')).toBe(false);
});

test('a network of addresses fills no memory, and those with long penalties are kept', () => {
  const penalties = new Penalties(() => 0);
  penalties.add('bad', 'abuse');
  for (let source = 0; source < 10_000; source += 1) penalties.add(`source ${source}`, 'noauth');
  expect(penalties.refuses('bad')).toBe(true);
});

test('idle connections bring their source a penalty, a login brings none', () => {
  const gate = new Gate({ startups, penalties: true, logins }, () => 0);
  const visit = (): Visit => gate.enter('192.0.2.1') as Visit;
  for (let times = 0; times < 30; times += 1) {
    const good = visit();
    good.offend('authfail');
    expect(good.logIn('key')).toBeUndefined();
    good.end();
  }
  for (let times = 0; times < 2; times += 1) {
    const idle = visit();
    idle.offend('grace');
    idle.end();
  }
  expect(gate.enter('192.0.2.1')).toBe('192.0.2.1 has a penalty');
  expect(gate.enter('192.0.2.2')).toBeInstanceOf(Visit);
});

test('one key does not take all connections, and those that have logged in do not count as startups', () => {
  const gate = new Gate({ startups, penalties: false, logins });
  const visits = Array.from({ length: 5 }, () => gate.enter('192.0.2.1') as Visit);
  const results = visits.map((visit, index) => visit.logIn(index < 3 ? 'a' : `other ${index}`));
  expect(results).toEqual([
    undefined,
    undefined,
    'too many connections with this key',
    undefined,
    'too many connections',
  ]);
  visits[0]?.end();
  expect((gate.enter('192.0.2.1') as Visit).logIn('a')).toBeUndefined();
});
