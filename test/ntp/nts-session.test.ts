import { randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Answer } from '../../services/ntp/association/exchange.ts';
import { kernelClock } from '../../services/ntp/clock/kernel-clock.ts';
import { exchangeKeys, type Keys } from '../../services/ntp/nts/key-exchange.ts';
import { mostCookies } from '../../services/ntp/nts/records.ts';
import { NtsSession } from '../../services/ntp/nts/session.ts';
import { openRequest, sealReply } from '../../services/ntp/nts/testing/server-side.ts';
import { rightAnswer } from './answers.ts';

const [toServer, toClient] = [randomBytes(32), randomBytes(32)];
const cookies = (): Buffer[] => Array.from({ length: mostCookies }, () => randomBytes(100));
/** Seconds for which a silent server is waited for; one that answers has as long as it needs. */
const [short, long] = [0.02, 60];

/** A server of NTP that knows the keys, and may be told to be silent. */
let server: Socket;
let requests: number;
let isSilent: boolean;
/** When keys were agreed on, in short patiences. */
let agreements: number[];
let now: number;
let session: NtsSession;

beforeEach(async () => {
  [isSilent, agreements, now, requests] = [true, [], 0, 0];
  server = createSocket('udp4');
  server.on('message', (request, { port, address }) => {
    requests += 1;
    const opened = openRequest(request, toServer);
    if (!opened || isSilent) return;
    const header = rightAnswer(request, kernelClock.now());
    const { uniqueId } = opened;
    server.send(
      sealReply(header, { uniqueId, key: toClient, cookies: cookies().slice(0, 1) }),
      port,
      address,
    );
  });
  await once(server.bind(0, '127.0.0.1'), 'listening');
  session = new NtsSession({
    ...{ host: 'time.test', at: { address: '127.0.0.1', port: server.address().port }, ca: undefined },
    resolve: async () => [],
    exchange: async (): Promise<Keys> => {
      agreements.push(now / short);
      return { toServer, toClient, cookies: cookies(), host: undefined, port: undefined };
    },
  });
});
afterEach(() => void server.close());

/** Asks so often, with a short patience between one request and the next. */
async function ask(times: number, patience = short): Promise<Answer[]> {
  const clock = { ...kernelClock, steady: () => now };
  const answers: Answer[] = [];
  for (let time = 0; time < times; time += 1) {
    answers.push(await session.ask(clock, { floor: 0n, patience, signal: new AbortController().signal }));
    now += short;
  }
  return answers;
}

test('keys that lead to no time are agreed on ever more rarely', async () => {
  const answers = await ask(200);
  expect(answers.at(-1)).toEqual({ kind: 'silent', why: 'no answer to the keys of NTS' });
  const gaps = agreements.slice(1).map((at, index) => at - (agreements[index] ?? 0));
  // The cookies last for eight requests.
  expect(gaps.map(Math.round)).toEqual([8, 8, 12, 17, 26, 38, 57]);
});

test('an answer that the keys prove ends the wait', async () => {
  await ask(80);
  const before = agreements.length;
  isSilent = false;
  now += 1000 * short;
  expect(await ask(20, long)).toEqual(Array(20).fill(expect.objectContaining({ kind: 'measurement' })));
  expect(agreements.length, 'each answer brings a cookie').toBe(before + 1);
  isSilent = true;
  await ask(17);
  expect(agreements.length, 'the cookies are gone').toBe(before + 3);
});

test('whoever is to end asks nobody any more, and waits for nobody', async () => {
  isSilent = false;
  await ask(1, long);
  const signal = AbortSignal.abort();
  const nothing = { kind: 'silent', why: undefined };
  const clock = { ...kernelClock, steady: () => now };
  expect(await session.ask(clock, { floor: 0n, patience: long, signal })).toEqual(nothing);
  expect(requests).toBe(1);
  const nobody = { host: 'time.test', address: '192.0.2.1', ca: undefined };
  await expect(exchangeKeys(nobody, signal)).rejects.toThrow('not waited for');
});
