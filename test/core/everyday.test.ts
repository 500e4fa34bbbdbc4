/** The look-up against the public reference: requests whose permissions were read there by hand. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import type { Operation } from '../../server/src/core/catalog/operations';
import { catalog } from '../support/catalog';

interface Stated {
  readonly least: string;
  readonly higher: readonly string[];
}
interface Request {
  readonly request: string;
  readonly work: Stated | null;
  readonly personal: Stated | null;
  readonly application: Stated | null;
  readonly page: string;
}

const { requests } = JSON.parse(readFileSync('test/facts/everyday-requests.json', 'utf8')) as { requests: Request[] };
const known = JSON.parse(readFileSync('test/facts/everyday-disagreements.json', 'utf8')) as {
  disagreements: { request: string; kind: string; reason: string }[];
};

/** Permissions that are needed together count as one, as the reference writes them. */
function optionsOf(found: Operation | undefined, kind: 'delegatedWork' | 'delegatedPersonal' | 'application'): readonly string[] {
  const groups = found?.together?.[kind];
  if (!groups) return found?.[kind] ?? [];
  const sets = groups.reduce<string[][]>((some, group) => group.flatMap((name) => some.map((set) => [...set, name])), [[]]);
  return sets.map((set) => inOrder([...new Set(set)]));
}

function inOrder(names: readonly string[]): string {
  return [...names].sort().join(' and ');
}

/** Right: both say that it cannot be done, or the least of the reference will do here, and what comes first here will do there. */
function isRight(stated: Stated | null, ours: readonly string[]): boolean {
  if (!stated || ours.length === 0) return !stated && ours.length === 0;
  const [least, ...higher] = [stated.least, ...stated.higher].map((text) => inOrder(text.split(' and ')));
  return ours.includes(least ?? '') && [least, ...higher].includes(ours[0]);
}

const columns = (stated: Request, found: Operation | undefined) =>
  [
    ['work', stated.work, optionsOf(found, 'delegatedWork')],
    ['personal', stated.personal, optionsOf(found, 'delegatedPersonal')],
    // There is no signed-in user under application sign-in, whatever the table of a page that speaks of both says.
    ...(/^\S+ (?:https?:\/\/[^/]+)?\/(?:v1\.0|beta)?\/?me\b/i.test(stated.request)
      ? []
      : ([['application', stated.application, optionsOf(found, 'application')]] as const)),
  ] as const;

const results = requests.flatMap((stated) => {
  const found = catalog.operations().find(stated.request);
  return columns(stated, found).map(([kind, expected, ours]) => ({
    request: stated.request,
    kind,
    page: stated.page,
    isFound: found !== undefined,
    isRight: found !== undefined && isRight(expected, ours),
    isSameLeast: (expected ? inOrder(expected.least.split(' and ')) : undefined) === ours[0],
    told: `${expected?.least ?? 'not possible'} there, ${ours.slice(0, 3).join(', ') || 'not possible'} here`,
  }));
});

test('every disagreement with the reference is known, and has a reason', () => {
  const wrong = results.filter((result) => !result.isRight).map(({ request, kind, told, page }) => `${kind} ${request}: ${told} (${page})`);
  const listed = known.disagreements.map(({ request, kind }) => `${kind} ${request}`);
  const isListed = (text: string) => listed.some((entry) => text.startsWith(`${entry}: `));
  assert.deepEqual(
    wrong.filter((text) => !isListed(text)),
    [],
  );
  assert.deepEqual(
    listed.filter((entry) => !wrong.some((text) => text.startsWith(`${entry}: `))),
    [],
    'a disagreement that is settled leaves the list',
  );
  for (const { reason } of known.disagreements) assert.ok(reason.length > 20);
});

test('docs/catalogue.md tells the figures of today (M365_WRITE_DOCS=1 writes them)', () => {
  const page = makePage();
  if (process.env.M365_WRITE_DOCS) writeFileSync('docs/catalogue.md', page);
  assert.equal(readFileSync('docs/catalogue.md', 'utf8'), page);
});

function makePage(): string {
  const rows = JSON.parse(readFileSync('schemas/permissions.json', 'utf8')) as { date: string; permissions: { source: string }[] };
  const activities = [...catalog.activities.values()];
  const count = (confidence: string) => activities.filter((activity) => activity.confidence === confidence).length;
  const live = rows.permissions.filter(({ source }) => source === 'live').length;
  const found = requests.filter(({ request }) => catalog.operations().find(request)).length;
  const right = results.filter((result) => result.isRight).length;
  const same = results.filter((result) => result.isRight && result.isSameLeast).length;
  return `# The catalogue in figures

Data of ${rows.date}. A test counts again at each run and fails when this page is stale.

| what | figure |
|---|---|
| permissions | ${rows.permissions.length}, of them ${live} as the live service principal lists them, the others from Microsoft's model or documentation |
| Graph operations | ${catalog.operations().size} |
| activities | ${activities.length}: ${count('documented')} documented, ${count('derived')} derived from the operations they call, ${count('guess')} guessed |
| everyday requests that are found | ${found} of ${requests.length} |
| their sign-ins that agree with the public reference | ${right} of ${results.length} |
| of these, with the very same least permission or none possible | ${same} |

An everyday request is one whose permissions were read by hand from the public API reference
([test/facts/everyday-requests.json](../test/facts/everyday-requests.json)), for a work account, a personal one and an application. It
agrees where the least permission of the reference will do here, and what comes first here will do there. What does not agree stands
in [test/facts/everyday-disagreements.json](../test/facts/everyday-disagreements.json), each with a reason.
`;
}
