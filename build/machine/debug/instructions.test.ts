import { expect, test } from 'vitest';
import { instructions } from './instructions.ts';

const target = { title: 't1 web', url: 'ws://127.0.0.1:9229/x', port: 9229 };

test('a service that runs on is not said to wait, and --break not mentioned', () => {
  const text = instructions(target, 60, false);
  expect(text).toContain('The debugger stays open for 60 minutes. Ctrl-C closes it.\n');
  expect(text).not.toMatch(/--break|waits|continues/);
});

test('a service that was started anew waits for the debugger', () => {
  expect(instructions(target, 60, true)).toMatch(
    /^The service waits at its start[\s\S]*Ctrl-C closes it, and the\nservice continues\.\n$/m,
  );
});
