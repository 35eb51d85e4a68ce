import { RegistryError, type RequestLine } from './registry-error.ts';

/**
 * Where a Location header leads: of a redirect, or of an upload. Not from https to http, where anybody on the
 * way could read and change what is sent. @throws RegistryError
 */
export function movedTo(request: RequestLine, location: string): URL {
  const { url } = request;
  const next = URL.parse(location, url);
  if (!next || !/^https?:$/.test(next.protocol)) throw refused(request, 'it leads to no web address');
  if (url.protocol === 'https:' && next.protocol === 'http:')
    throw refused(request, `it leads to "${next.host}" without TLS`);
  return next;
}

const refused = (request: RequestLine, reason: string): RegistryError =>
  new RegistryError(request, reason, { temporary: false });
