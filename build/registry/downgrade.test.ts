import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import type { Http, HttpRequest, HttpResponse } from '../http/http.ts';
import { movedTo } from './moved.ts';
import { Session } from './session.ts';

/** What was sent, as `METHOD URL` and the password if it was. */
let sent: string[] = [];

/** A registry at https://evil.example with these answers. */
function session(answer: (request: HttpRequest) => Partial<HttpResponse>): Session {
  sent = [];
  const send = async (request: HttpRequest): Promise<HttpResponse> => {
    sent.push([request.method, request.url.href, request.headers?.authorization].filter(Boolean).join(' '));
    const body = Readable.from([Buffer.from('{"token":"t"}')]) as IncomingMessage;
    return { status: 200, headers: {}, body, ...answer(request) };
  };
  const login = async () => ({ kind: 'password', user: 'me', password: 'secret' }) as const;
  return new Session('evil.example', new URL('https://evil.example'), { send } as Http, login);
}

const get = (from: Session) =>
  from.request({ method: 'GET', url: new URL('https://evil.example/v2/x'), scope: 's', good: [200] });

test.each(['http://evil.example/token', 'http://127.0.0.1:1234/token', 'ftp://evil.example/'])(
  'a registry with TLS that names the token service %s does not get the password',
  async (realm) => {
    const registry = session(({ url }) =>
      url.pathname === '/v2/x'
        ? { status: 401, headers: { 'www-authenticate': `Bearer realm="${realm}"` } }
        : {},
    );
    await expect(get(registry)).rejects.toThrow('cannot be used');
    expect(sent).toEqual(['GET https://evil.example/v2/x']);
  },
);

test('a redirect from https to http is not followed, and one to another host gets no password', async () => {
  const to = (location: string) =>
    session(({ url }) => (url.pathname === '/v2/x' ? { status: 307, headers: { location } } : {}));
  await expect(get(to('http://evil.example/blob'))).rejects.toThrow('it leads to "evil.example" without TLS');
  expect(sent).toHaveLength(1);
  await get(to('https://other.example/blob'));
  expect(sent).toEqual(['GET https://evil.example/v2/x', 'GET https://other.example/blob']);
});

test('an upload does not go on without TLS', () => {
  const request = { method: 'POST', url: new URL('https://r.example/v2/a/blobs/uploads/') };
  expect(() => movedTo(request, 'http://r.example/v2/a/blobs/uploads/1')).toThrow('without TLS');
  expect(() => movedTo(request, 'file:///etc/passwd')).toThrow('no web address');
  expect(movedTo(request, '/v2/a/blobs/uploads/1').href).toBe('https://r.example/v2/a/blobs/uploads/1');
});
