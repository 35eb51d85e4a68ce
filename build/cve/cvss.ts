/**
 * Weights of CVSS 3.1's metrics (first.org, "CVSS v3.1 Specification", 7.4); PR has others with scope
 * changed.
 */
const weights: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  AV: { N: 0.85, A: 0.62, L: 0.55, P: 0.2 },
  AC: { L: 0.77, H: 0.44 },
  PR: { N: 0.85, L: 0.62, H: 0.27 },
  UI: { N: 0.85, R: 0.62 },
  C: { H: 0.56, L: 0.22, N: 0 },
  I: { H: 0.56, L: 0.22, N: 0 },
  A: { H: 0.56, L: 0.22, N: 0 },
};

const changedPrivileges: Readonly<Record<string, number>> = { N: 0.85, L: 0.68, H: 0.5 };

/** The base score of a vector of CVSS 3 (`CVSS:3.1/AV:N/…`, section 7.1); undefined for any other text. */
export function baseScore(vector: string): number | undefined {
  if (!/^CVSS:3\.[01]\//.test(vector) || vector.length > 200) return undefined;
  const metrics = new Map(
    vector
      .split('/')
      .slice(1)
      .map((pair) => pair.split(':') as [string, string]),
  );
  const isChanged = metrics.get('S') === 'C';
  const weight = (name: string): number => {
    const table = name === 'PR' && isChanged ? changedPrivileges : weights[name];
    const value = metrics.get(name) ?? '';
    return table && Object.hasOwn(table, value) ? (table[value] ?? Number.NaN) : Number.NaN;
  };
  const iss = 1 - (1 - weight('C')) * (1 - weight('I')) * (1 - weight('A'));
  const impact = isChanged ? 7.52 * (iss - 0.029) - 3.25 * (iss - 0.02) ** 15 : 6.42 * iss;
  const exploitability = 8.22 * weight('AV') * weight('AC') * weight('PR') * weight('UI');
  if (Number.isNaN(impact + exploitability)) return undefined;
  if (impact <= 0) return 0;
  return roundUp(Math.min((isChanged ? 1.08 : 1) * (impact + exploitability), 10));
}

/** Appendix A: the smallest number with one decimal that is not less. */
function roundUp(value: number): number {
  const scaled = Math.round(value * 100_000);
  return scaled % 10_000 === 0 ? scaled / 100_000 : (Math.floor(scaled / 10_000) + 1) / 10;
}
