import { expect, test } from 'vitest';
import { bundleSpec } from './bundle.ts';
import { imageX, scope } from './testing.ts';

const stopTimeoutOf = (labels: Readonly<Record<string, string>>): unknown => {
  const image = { Entrypoint: ['/run'], Labels: labels };
  const { effective } = bundleSpec({ name: 'web', image: imageX }, image, scope);
  return { readonly: effective.readonly, stopTimeout: effective.stopTimeout };
};

test("both labels count, and kit's keys in LinuxKit's label, where an older kit wrote them", () => {
  const expected = { readonly: true, stopTimeout: '5s' };
  expect(
    stopTimeoutOf({ 'org.mobyproject.config': '{"readonly":true}', 'io.kit.config': '{"stopTimeout":"5s"}' }),
  ).toEqual(expected);
  expect(stopTimeoutOf({ 'org.mobyproject.config': '{"readonly":true,"stopTimeout":"5s"}' })).toEqual(
    expected,
  );
});

test("an error in kit's label names it", () => {
  expect(() => stopTimeoutOf({ 'io.kit.config': '{"stopTimeot":"5s"}' })).toThrow('unknown key "stopTimeot"');
});
