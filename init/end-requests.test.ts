import { expect, test } from 'vitest';
import { EndRequests } from './end-requests.ts';

test('the first request decides how the machine ends', async () => {
  const requests = new EndRequests();
  expect(requests.ending.aborted).toBe(false);
  requests.request({ ending: 'halt', by: 'a' });
  expect([requests.ending.aborted, requests.skipWaiting.aborted]).toEqual([true, false]);
  requests.request({ ending: 'reboot', by: 'b' });
  expect(requests.skipWaiting.aborted).toBe(true);
  expect(await requests.first).toEqual({ ending: 'halt', by: 'a' });
});
