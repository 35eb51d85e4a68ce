import { status } from '@grpc/grpc-js';
import { expect, test } from 'vitest';
import { isRpcError, rpcError, toRpcError } from './rpc-error.ts';

test('control characters of a sentence are escaped, and a long one is cut', () => {
  expect(rpcError(status.NOT_FOUND, 'Unknown service "\x1b[2J\n"').details).toBe(
    'Unknown service "\\x1b[2J\\x0a"',
  );
  expect(rpcError(status.NOT_FOUND, 'x'.repeat(5000)).details).toHaveLength(1001);
});

test('an RpcError is passed on, another error becomes one with its reason', () => {
  const error = rpcError(status.NOT_FOUND, 'x');
  expect(isRpcError(error)).toBe(true);
  expect(isRpcError(Object.assign(new Error('x'), { code: 'ENOENT' }))).toBe(false);
  expect(toRpcError(error, status.ABORTED)).toBe(error);
  expect(toRpcError(new Error('broken'))).toMatchObject({ code: status.INTERNAL, details: 'broken' });
  expect(toRpcError(new Error('broken'), status.ABORTED)).toMatchObject({ code: status.ABORTED });
});
