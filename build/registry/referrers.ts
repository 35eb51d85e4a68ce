import { readIndex } from '../../lib/oci/read.ts';
import { type Descriptor, type Digest, mediaTypes } from '../../lib/oci/types.ts';
import { bodyOf } from './body.ts';
import { movedTo } from './moved.ts';
import { RegistryError, type RequestLine } from './registry-error.ts';
import type { Session } from './session.ts';

/** Statuses of registries without a list of referrers: older ones do not know the path. */
export const unlisted: ReadonlySet<number> = new Set([400, 404, 405]);

const pageLimit = 4 << 20;
const mostPages = 64;

/**
 * The manifests that refer to this one (distribution spec, "Listing Referrers"), page by page.
 * @throws RegistryError, also for more than `limit`; KitError for a page that is no index
 */
export async function listReferrers(
  session: Session,
  repository: string,
  digest: Digest,
  limit: number,
): Promise<Descriptor[]> {
  const found: Descriptor[] = [];
  let url: URL | undefined = await session.url(`${repository}/referrers/${digest}`);
  for (let pages = 0; url; pages += 1) {
    const request: RequestLine & { method: 'GET' } = { method: 'GET', url };
    if (pages === mostPages) throw tooMany(request, `${mostPages} pages of referrers`);
    const headers = { accept: mediaTypes.index };
    const scope = `repository:${repository}:pull`;
    const response = await session.request({ ...request, headers, scope, good: [200] });
    const bytes = await bodyOf(response, pageLimit, request);
    found.push(...readIndex(bytes, `referrers of ${digest}`).manifests);
    if (found.length > limit) throw tooMany(request, `${limit} referrers`);
    url = nextPage(response.headers.link, request);
  }
  return found;
}

const tooMany = (request: RequestLine, what: string): RegistryError =>
  new RegistryError(request, `it lists more than ${what}`, { temporary: false });

/** The next page of a list (RFC 8288): `</v2/x/referrers/sha256:…?n=10&last=…>; rel="next"`. */
function nextPage(link: string | string[] | undefined, request: RequestLine): URL | undefined {
  const [, target] = /<([^<>]{1,2048})>\s*;\s*rel="?next"?/.exec(String(link ?? '')) ?? [];
  if (target === undefined) return undefined;
  const url = movedTo(request, target);
  if (url.origin === request.url.origin) return url;
  throw new RegistryError(request, 'its list of referrers goes on at another server', { temporary: false });
}
