import { expect, test } from 'vitest';
import { isLoopback } from './loopback.ts';

test('recognises loopback hosts', () => {
  const yes = ['localhost', 'localhost:5000', '127.0.0.1', '127.9.9.9:1', '[::1]:5000'];
  const no = ['localhost.io', 'docker.io', '10.0.0.1:5000', '127.0.0.1.io', 'x-localhost:5000'];
  expect([...yes, ...no].filter(isLoopback)).toEqual(yes);
});
