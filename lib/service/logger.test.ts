import { expect, test } from 'vitest';
import { fieldsOf } from '../log/fields.ts';
import { markedLine } from '../log/level.ts';
import { type Logger, newLogger } from './logger.ts';

function written(marked: boolean, use: (log: Logger) => void): [string, number?][] {
  const lines: [string, number?][] = [];
  use(newLogger(marked, (line, fd) => lines.push(fd === undefined ? [line] : [line, fd])));
  return lines;
}

test('in a machine each line begins with its level', () => {
  const lines = written(true, (log) => {
    log.info('listening', { port: 80 });
    log.warn('slow');
    log.with({ request: 7 }).error('broken', { code: 'E' });
  });
  expect(lines).toEqual([['<6>listening {"port":80}'], ['<4>slow'], ['<3>broken {"request":7,"code":"E"}']]);
});

test('elsewhere lines are plain, and warnings and errors go to standard error', () => {
  const lines = written(false, (log) => {
    log.debug('a');
    log.notice('b', { n: 1 });
    log.warn('c');
    log.error('d');
  });
  expect(lines).toEqual([
    ['a', 1],
    ['b {"n":1}', 1],
    ['warning: c', 2],
    ['error: d', 2],
  ]);
});

test('one call is one line, whatever it gets', () => {
  const circle: Record<string, unknown> = {};
  circle.self = circle;
  const error = Object.assign(new Error('no'), { code: 'ENO' });
  const lines = written(true, (log) => {
    log.info('two\nlines\r');
    log.info('odd', { big: 5n, huge: 2n ** 70n, gone: undefined, error });
    log.info('circle', circle);
  }).map(([line]) => line);
  expect(lines[0]).toBe('<6>two\\nlines\\r');
  expect(lines[2]).toBe('<6>circle {"self":"[object Object]"}');
  const [, odd = ''] = lines;
  expect(odd).not.toContain('\n');
  expect(fieldsOf(markedLine(odd)?.text ?? '')?.fields).toMatchObject({
    ...{ big: 5, huge: String(2n ** 70n), error: { name: 'Error', message: 'no', code: 'ENO' } },
  });
});

test.each([
  ['plain', undefined],
  ['ends in }', undefined],
  ['{"a":1}', undefined],
  ['x {"a":1}', { text: 'x', fields: { a: 1 } }],
  ['x {"a {"b":1}', { text: 'x {"a', fields: { b: 1 } }],
  ['x {"a":{"b":[1]}}', { text: 'x', fields: { a: { b: [1] } } }],
])('fields of %j', (line, found) => {
  expect(fieldsOf(line)).toEqual(found);
});

test.each([
  ['<4>x', { level: 'warning', text: 'x' }],
  ['<0>', { level: 'emerg', text: '' }],
  ['<8>x', undefined],
  ['<14>x', undefined],
  ['<b>x', undefined],
  ['4>x', undefined],
  ['', undefined],
])('the level of %j', (line, found) => {
  expect(markedLine(line)).toEqual(found);
});
