import { bootMachine, type TestMachine } from '@kitlinux/kit/test';
import { afterAll, beforeAll, expect, test } from 'vitest';

let machine: TestMachine;
// The first build downloads the tools and the kernel, which takes some minutes.
beforeAll(async () => {
  machine = await bootMachine('app.yml', { backend: 'container' });
}, 900_000);
afterAll(() => machine?.[Symbol.asyncDispose]());

test('greets, and logs the request', async () => {
  const web = await machine.forward('web', 8080);
  expect(await (await fetch(`${web.url}/?name=Ada`)).text()).toBe('Hello, Ada\n');
  const line = await machine.logs.waitFor('request', { service: 'web' });
  expect(line.fields).toEqual({ name: 'Ada' });
});

test('comes back after a restart, without incidents', async () => {
  await machine.restart('web');
  expect(await machine.incidents('web')).toEqual([]);
});
