import { KitError, KitErrors, type SourcePosition } from '../../lib/errors/errors.ts';
import { checkValue, type KeyPath, type Problem } from '../manifest/check.ts';
import { choice, either, list, map, type RecordOf, record, string, stringLike } from '../manifest/kinds.ts';
import { readYaml } from '../manifest/yaml-document.ts';
import type { Identity, Policy, Requirement, Rule } from './policy.ts';
import type { PolicyFiles } from './policy-file.ts';
import { isScope } from './scopes.ts';

/** What `kit build` and others look for in the folder of a manifest. */
export const policyName = 'kit.policy.yml';

const word = choice('accept', 'reject');
const path = stringLike(/^[^\0]+$/, 'the path of a file');
const transports = ['oci', 'oci-archive', 'docker-archive'] as const;

const certificate = {
  issuer: { kind: string, required: true, help: 'OIDC issuer that the certificate names.' },
  subject: { kind: string, required: true, help: 'E-mail address or URI that the certificate names.' },
  trustRoot: { kind: path, required: true, help: "Sigstore's trusted_root.json." },
} as const;

const requirement = {
  keys: { kind: list(path), help: 'Files with public keys, one of which must have signed.' },
  certificate: { kind: record(certificate), help: 'Who must have signed without a key.' },
  identity: {
    kind: choice('repository', 'exact', 'any'),
    help: 'Which name the signature must have.',
  },
  signedAs: { kind: string, help: 'Repository that the image was signed as, if it is a copy.' },
} as const;

const fields = {
  default: { kind: word, required: true, help: 'What becomes of images that no rule names.' },
  archives: { kind: word, help: 'What becomes of images in archives.', default: 'as default' },
  images: {
    kind: map(either(word, list(record(requirement, { exactlyOneOf: ['keys', 'certificate'] })))),
    help: 'Rules by registry, namespace, repository or name.',
  },
} as const;

type Content = RecordOf<typeof fields>;
type Asked = RecordOf<typeof requirement>;
type PlaceOf = (path: KeyPath, onKey?: boolean) => SourcePosition;

/** @param file its name in messages @throws KitErrors with all mistakes, KitError */
export function parseKitPolicy(text: string, file: string, files: PolicyFiles): Policy {
  const document = readYaml(text, file);
  const problems: Problem[] = [];
  const value = document.value ?? {};
  checkValue(record(fields), value, [], (problem) => problems.push(problem));
  if (problems.length === 0) checkScopes(value as Content, problems);
  if (problems.length > 0) {
    throw new KitErrors(
      problems.map(({ path: at, message, onKey }) => {
        const shown = message().replace(/\bthe manifest\b/, 'the policy');
        return new KitError(shown, { place: document.place(at, onKey) });
      }),
    );
  }
  return policyOf(value as Content, file, document.place, files);
}

function checkScopes({ images = {} }: Content, problems: Problem[]): void {
  for (const [scope, rule] of Object.entries(images)) {
    const at = ['images', scope];
    const report = (message: string): void =>
      void problems.push({ path: at, message: () => message, onKey: true });
    if (!isScope(scope)) {
      report(
        `"${scope}" begins with no registry: write docker.io/library/redis, ghcr.io/me, or *.example.com`,
      );
    }
    const isEmpty =
      typeof rule !== 'string' && (rule.length === 0 || rule.some(({ keys }) => keys?.length === 0));
    if (isEmpty) report(`"${scope}" names nobody who must have signed: write accept or reject`);
  }
}

function policyOf(content: Content, file: string, place: PlaceOf, files: PolicyFiles): Policy {
  const { default: fallback, archives = fallback, images = {} } = content;
  const wordRule = (kind: 'accept' | 'reject', at: KeyPath): Rule => {
    return { place: place(at, true), requirements: [{ kind }] };
  };
  const ruleOf = (scope: string, rule: 'accept' | 'reject' | readonly Asked[]): Rule => {
    const at = ['images', scope];
    if (typeof rule === 'string') return wordRule(rule, at);
    const requirements = rule.map((one, index) => requirementOf(one, [...at, index], place, files));
    return { place: place(at, true), requirements };
  };
  const other = wordRule(archives, content.archives === undefined ? ['default'] : ['archives']);
  return {
    file,
    scopes: new Map(Object.entries(images).map(([scope, rule]) => [scope, ruleOf(scope, rule)])),
    fallback: wordRule(fallback, ['default']),
    archives: new Map(transports.map((transport) => [transport, other])),
  };
}

function requirementOf(
  { keys, certificate: signer, identity: wanted, signedAs }: Asked,
  at: KeyPath,
  place: PlaceOf,
  files: PolicyFiles,
): Requirement {
  const identity: Identity =
    signedAs === undefined
      ? { type: identities[wanted ?? 'repository'] }
      : { type: 'exactRepository', name: signedAs };
  if (signer) {
    const { issuer, subject, trustRoot } = signer;
    const bytes = files.trustRoot(trustRoot, place([...at, 'certificate', 'trustRoot']));
    return { kind: 'certificate', issuer, subject, trustRoot: bytes, shownRoot: trustRoot, identity };
  }
  const read = (keys ?? []).map((key, index) => files.key(key, place([...at, 'keys', index])));
  return { kind: 'key', keys: read, identity };
}

const identities = { repository: 'matchRepository', exact: 'matchRepoDigestOrExact', any: 'any' } as const;
