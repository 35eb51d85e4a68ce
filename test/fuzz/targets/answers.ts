import { Readable } from 'node:stream';
import type { HttpResponse } from '../../../build/http/http.ts';
import { proxyFor } from '../../../build/http/proxy.ts';
import { responseError } from '../../../build/registry/body.ts';
import { documentType } from '../../../build/registry/document-type.ts';
import { movedTo } from '../../../build/registry/moved.ts';
import { RegistryError } from '../../../build/registry/registry-error.ts';
import { fetchToken } from '../../../build/registry/token.ts';
import { KitError } from '../../../lib/errors/errors.ts';
import { attempt, attemptLater, check, type Target, texts } from '../target.ts';

const request = {
  method: 'GET' as const,
  url: new URL('https://me:secret@registry.example/v2/a?token=secret'),
};

const answer = (status: number, bytes: Buffer, headers = {}): HttpResponse =>
  ({ status, headers, body: Readable.from([bytes]) }) as unknown as HttpResponse;

export const registryError: Target = {
  reads: ['build/registry/body.ts#responseError'],
  seeds: () =>
    texts(
      '{"errors": [{"code": "MANIFEST_UNKNOWN", "message": "manifest unknown", "detail": {}}]}',
      '<html>502 Bad Gateway</html>',
    ),
  words: ['"errors":', '"code":', '"message":', '[]', 'null', '\x1b[31m', '\\u202e', '\\n'],
  run: async (bytes) => {
    const error = await responseError(
      request,
      answer(500, bytes, { 'retry-after': bytes.toString('latin1', 0, 8) }),
    );
    check(error instanceof RegistryError, 'an answer that is an error is one');
    check(!error.message.includes('secret'), 'no secret is shown');
    check(error.message.length < 500, 'a message is one that can be read');
    // It is printed as any other.
    attempt(() => {
      throw error;
    });
  },
};

export const registryToken: Target = {
  reads: ['build/registry/token.ts#fetchToken'],
  seeds: () =>
    texts(
      '{"token": "abc", "expires_in": 300}',
      '{"access_token": "abc"}',
      '{"token": null, "access_token": ""}',
    ),
  words: ['"token":', '"access_token":', 'null', '{}', '[', '"__proto__":'],
  run: async (bytes) => {
    const challenge = { scheme: 'bearer', parameters: { realm: 'https://auth.example/token' } } as const;
    const scope = 'repository:a:pull';
    const token = await attemptLater(
      () => fetchToken(challenge, undefined, { ...request, scope }, async () => answer(200, bytes)),
      KitError,
    );
    check(token === undefined || typeof token === 'string', 'a token is text');
  },
};

export const redirect: Target = {
  reads: ['build/registry/moved.ts#movedTo'],
  seeds: () =>
    texts('/v2/a/blobs/uploads/1?state=x', 'https://cdn.example/x?y', 'http://cdn.example/', '//other/x'),
  words: ['http://', 'https://', 'file:///', '//', '..', '@', '?', '#', 'javascript:'],
  run: (bytes) => {
    const next = attempt(() => movedTo(request, bytes.toString('latin1')));
    check(next === undefined || next.protocol === 'https:', 'from TLS only to TLS');
  },
};

export const documentMediaType: Target = {
  reads: ['build/registry/document-type.ts#documentType'],
  seeds: () =>
    texts(
      '{"schemaVersion": 2, "mediaType": "application/vnd.oci.image.index.v1+json", "manifests": []}',
      '{"schemaVersion": 2, "config": {}}',
    ),
  words: ['"mediaType":', '"manifests":', '"config":', 'null', '"schemaVersion":1', '[]'],
  run: (bytes) => {
    const header = bytes.toString('latin1', 0, 20);
    check(typeof documentType(bytes, header) === 'string', 'every document has a type, which may be empty');
  },
};

export const proxySettings: Target = {
  reads: ['build/http/proxy.ts#proxyFor'],
  seeds: () =>
    texts(
      '.example.org,10.0.0.0/8,[fd00::]/8:5000,*|http://p:3128',
      'localhost 127.0.0.1 fe80::1%eth0|p:1',
      '*|',
    ),
  words: ['10.0.0.0/8', 'fd00::/8', ',', '|', '*.', ':5000', '/', '/33', '[', ']', 'registry.example'],
  run: (bytes) => {
    const [no_proxy = '', https_proxy = ''] = bytes.toString().split('|');
    for (const host of ['registry.example', '10.1.2.3:5000', '[fd00::1]']) {
      const url = new URL(`https://${host}/`);
      const proxy = attempt(() => proxyFor(url, { no_proxy, https_proxy }));
      check(proxy === undefined || typeof proxy === 'string', 'a proxy is an address');
    }
  },
};
