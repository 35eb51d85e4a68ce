import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { KitError, KitErrors } from '../../lib/errors/errors.ts';
import { renderError } from '../../lib/errors/render.ts';
import { parseEntryDefaults, parseManifest } from './parse.ts';

/** Every error of a text as `line:column: message`. */
function errorsOf(text: string): string[] {
  try {
    parseManifest(text, 'x.yml', '/folder');
    return [];
  } catch (thrown) {
    if (thrown instanceof KitError) return [shown(thrown)];
    if (thrown instanceof KitErrors) return thrown.errors.map(shown);
    throw thrown;
  }
}

function shown({ place, message }: KitError): string {
  return place ? `${place.line}:${place.column}: ${message}` : message;
}

describe('broken manifests', () => {
  const rows: readonly (readonly [title: string, text: string, ...errors: string[]])[] = [
    [
      'not YAML',
      'a: [',
      '1:5: this is not YAML: flow sequence in block collection must be sufficiently indented and end with a ]',
    ],
    [
      'a tab for indentation',
      'kernel:\n\timage: x',
      '2:1: this is not YAML: tabs are not allowed as indentation',
    ],
    ['a key twice', 'init: []\ninit: []', '2:1: key "init" is there twice'],
    ['text instead of a map', 'hello', '1:1: the manifest must be a map, not "hello"'],
    ['a list instead of a map', '- a', '1:1: the manifest must be a map, not a list'],
    [
      'an unknown key at the top',
      'service: []',
      '1:1: unknown key "service" in the manifest (did you mean "services"?)',
    ],
    ['a key like nothing known', 'qqqqqqqqqqqq: 1', '1:1: unknown key "qqqqqqqqqqqq" in the manifest'],
    [
      'an unknown key of an entry',
      'services:\n  - name: a\n    imagee: b',
      '2:5: services[0] has no "image"',
      '3:5: unknown key "imagee" in services[0] (did you mean "image"?)',
    ],
    ['no name', 'onboot:\n  - image: b', '2:5: onboot[0] has no "name"'],
    [
      'a name twice',
      'services:\n  - {name: a, image: x}\n  - {name: a, image: y}',
      '3:12: name "a" is taken by services[0]',
    ],
    [
      'a name with a slash',
      'services: [{name: ../a, image: x}]',
      '1:19: services[0].name must be a name of letters and digits, with single ".", "_" or "-" between them, at most 76, not "../a"',
    ],
    [
      'an image with a blank',
      'init: ["a b"]',
      '1:8: init[0] must be the name of an image such as "pkg/sshd" or "./folder", not "a b"',
    ],
    ['a map instead of a list', 'services: {name: a}', '1:11: services must be a list, not a map'],
    ['an item that is text', 'services: [a]', '1:12: services[0] must be a map, not "a"'],
    [
      'a number for text',
      'services: [{name: a, image: b, hostname: 5}]',
      '1:42: services[0].hostname must be text, not the number 5 (put it in quotes: "5")',
    ],
    [
      'yes for true',
      'services: [{name: a, image: b, readonly: yes}]',
      '1:42: services[0].readonly must be true or false, not "yes" (write true)',
    ],
    [
      'an unknown capability',
      'services: [{name: a, image: b, capabilities: [CAP_NET_ADMN]}]',
      '1:47: services[0].capabilities[0] must be a capability such as "CAP_NET_ADMIN", "all" or "none", not "CAP_NET_ADMN" (did you mean "CAP_NET_ADMIN"?)',
    ],
    [
      'a bind of one part',
      'services: [{name: a, image: b, binds: [/x]}]',
      '1:40: services[0].binds[0] must be "source:destination" or "source:destination:options", not "/x"',
    ],
    [
      'an unknown rlimit',
      'services: [{name: a, image: b, rlimits: ["files,1,2"]}]',
      '1:42: services[0].rlimits[0] must be "name,soft,hard" such as "nofile,1024,unlimited", not "files,1,2"',
    ],
    [
      'a device without a mode',
      'services: [{name: a, image: b, devices: [{path: /dev/x, type: c}]}]',
      '1:42: services[0].devices[0] has no "mode"',
    ],
    [
      'a device of an unknown type',
      'services: [{name: a, image: b, devices: [{path: all, type: x}]}]',
      '1:60: services[0].devices[0].type must be one of "a", "b", "c", "u", "p", not "x" (did you mean "a"?)',
    ],
    [
      'a namespace of an odd kind',
      'services: [{name: a, image: b, ipc: none}]',
      '1:37: services[0].ipc must be one of "host", "root", "new" or a path from /, not "none"',
    ],
    [
      'an unknown restart policy',
      'services: [{name: a, image: b, restart: onfailure}]',
      '1:41: services[0].restart must be one of "always", "on-failure", "no", not "onfailure" (did you mean "on-failure"?)',
    ],
    [
      'a time without a unit',
      'services: [{name: a, image: b, stopTimeout: "10"}]',
      '1:45: services[0].stopTimeout must be a time such as "10s", "500ms" or "2m", not "10"',
    ],
    [
      'two probes',
      'services: [{name: a, image: b, ready: {tcp: 1, file: /x}}]',
      '1:39: services[0].ready has "tcp" and "file": only one of them can be',
    ],
    [
      'a port that cannot be',
      'services: [{name: a, image: b, ready: {tcp: 70000}}]',
      '1:45: services[0].ready.tcp must be a whole number from 1 to 65535, not the number 70000',
    ],
    [
      'an unknown key deep down',
      'services: [{name: a, image: b, resources: {memory: {limits: 1}}}]',
      '1:53: unknown key "limits" in services[0].resources.memory (did you mean "limit"?)',
    ],
    [
      'a mode that is a number',
      'files: [{path: a, contents: "", mode: 0644}]',
      '1:39: files[0].mode must be an octal number in quotes such as "0644", not the number 644 (put it in quotes)',
    ],
    [
      'a file of nothing',
      'files: [{path: a}]',
      '1:9: files[0] needs one of "directory", "symlink", "contents", "source", "metadata"',
    ],
    [
      'a file of two things',
      'files: [{path: a, contents: "", source: b}]',
      '1:9: files[0] has "contents" and "source": only one of them can be',
    ],
    [
      'a file outside',
      'files: [{path: ../etc/passwd, contents: ""}]',
      '1:16: files[0].path must be a path without "..", not "../etc/passwd"',
    ],
    [
      'a volume with an upper-case name',
      'volumes: [{name: Data}]',
      '1:18: volumes[0].name must be a name of a-z, 0-9, "_" and "-", not "Data"',
    ],
    [
      'a command line of two lines',
      'kernel: {cmdline: "a\\nb"}',
      '1:19: kernel.cmdline must be one line of text, not "a\\nb"',
    ],
    ['a key that is a list', '? [a]\n: b', '1:3: a key must be text, not a list or a map'],
    ['deep nesting', '['.repeat(100), '1:42: this is nested too deeply'],
    [
      'an alias without an anchor',
      'init: *x',
      '1:1: this is not YAML: unresolved alias (the anchor must be set before the alias): x',
    ],
    [
      'too much text',
      `# ${'x'.repeat(1 << 20)}`,
      'Cannot read "x.yml": 1048578 characters are more than the limit of 1048576',
    ],
  ];
  test.each(rows)('%s', (_title, text, ...errors) => {
    expect(errorsOf(text)).toEqual(errors);
  });

  test('all errors of a text come at once, in its order', () => {
    const text = 'kernel:\n  imag: x\nservices:\n  - name: a\n    image: 5\n    net: 6\nfile: []';
    expect(errorsOf(text).map((line) => line.split(':')[0])).toEqual(['2', '5', '6', '7']);
  });

  test('what a person sees shows the line', () => {
    try {
      parseManifest('kernel:\n  imag: x\n', 'x.yml', '/folder');
      expect.unreachable();
    } catch (thrown) {
      expect(renderError(thrown)).toBe(
        'error: x.yml:2:3: unknown key "imag" in kernel (did you mean "image"?)\n    2 |   imag: x\n      |   ^',
      );
    }
  });
});

describe('manifests that are fine', () => {
  test.each([
    ['nothing', ''],
    ['comments only', '# nothing\n'],
    ['an empty map', '{}'],
    ['keys with nothing after them', 'services:\nkernel:\n'],
  ])('%s is an empty manifest', (_title, text) => {
    const manifest = parseManifest(text, 'x.yml', '/folder');
    expect(manifest).toMatchObject({ kernel: undefined, init: [], services: [] });
  });

  test('only the first document is read', () => {
    const manifest = parseManifest('init: [a]\n---\nfoo: [', 'x.yml', '/folder');
    expect(manifest.init.map(({ value }) => value)).toEqual(['a']);
  });

  test('anchors and merge keys work', () => {
    const text = 'services:\n  - &a {name: a, image: x, net: host}\n  - {<<: *a, name: b}\n';
    const { services } = parseManifest(text, 'x.yml', '/folder');
    expect(services.map(({ value }) => value)).toEqual([
      { name: 'a', image: 'x', net: 'host' },
      { name: 'b', image: 'x', net: 'host' },
    ]);
  });

  test('every value knows its place', () => {
    const text = 'services:\n  - name: a\n    image: x\n    binds:\n      - /a:/a\n      - b:/b\n';
    const [service] = parseManifest(text, 'x.yml', '/folder').services;
    expect(service?.origin.place()).toEqual({ file: 'x.yml', line: 2, column: 5, text: '  - name: a' });
    expect(service?.origin.place(['binds', 1])).toMatchObject({ line: 6, column: 9 });
    expect(service?.origin.place(['env'])).toMatchObject({ line: 2, column: 5 });
  });

  test('a label takes JSON, and neither name nor image', () => {
    expect(parseEntryDefaults('{"binds":["/dev:/dev"],"readonly":true}', 'label')).toEqual({
      binds: ['/dev:/dev'],
      readonly: true,
    });
    expect(() => parseEntryDefaults('{"name":"x"}', 'label')).toThrow('unknown key "name"');
  });
});

describe('no input makes the parser hang or throw anything but an error for people', () => {
  const isForPeople = (text: string): boolean => {
    errorsOf(text);
    return true;
  };
  const words = fc.constantFrom(
    ...[
      'kernel',
      'services',
      'name',
      'image',
      'binds',
      'ready',
      '- ',
      ': ',
      '? ',
      '\n',
      '\n  ',
      '[',
      ']',
      '{',
      '}',
    ],
    ...[
      '&a',
      '*a',
      '<<',
      '|',
      '>',
      '"',
      "'",
      '#',
      '!',
      '%',
      '---',
      '...',
      ',',
      '\t',
      '__proto__',
      'null',
      '0644',
      '\0',
    ],
  );

  test('any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), isForPeople));
  });

  test('any mixture of what YAML is made of', () => {
    fc.assert(
      fc.property(fc.array(words, { maxLength: 80 }), (parts) => isForPeople(parts.join(''))),
      { numRuns: 500 },
    );
  });

  test('any value in any place', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) =>
        isForPeople(JSON.stringify({ services: [a], files: b })),
      ),
    );
  });

  test.each([
    ['nested flow maps', '{'.repeat(1_000_000)],
    ['nested explicit keys', '? '.repeat(500_000)],
    ['nested lists', '- '.repeat(500_000)],
    [
      'an alias bomb',
      `a: &a [x]\n${[...'bcdefghijklmnop'].map((c, at) => `${c}: &${c} [${`*${String.fromCharCode(97 + at)},`.repeat(9)}]`).join('\n')}`,
    ],
    ['many unknown keys', Array.from({ length: 90_000 }, (_, at) => `k${at}: 1`).join('\n')],
    ['many wrong values', `init: [${'1,'.repeat(300_000)}]`],
  ])('%s', (_title, text) => {
    expect(errorsOf(text).length).toBeGreaterThan(0);
  });
});
