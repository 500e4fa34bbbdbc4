/** What is said where a cap is hit speaks of the file that hit it. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { FileKind } from '../../server/src/core/index';
import { limits } from '../../server/src/core/limits';
import { loadFile } from '../../server/src/workspace/load';
import { nodeFileSystem } from '../../server/src/workspace/node-file-system';
import { analyzeTexts } from '../support/analyze';

const deep: Readonly<Record<string, string>> = { json: '['.repeat(300), xaml: '<a>'.repeat(300) };

/** By kind: a file's name, what has to be in the message, and what must not be. */
const rows: Readonly<Record<FileKind, readonly [name: string, said: RegExp, unsaid: RegExp]>> = {
  xaml: ['Main.xaml', /smaller workflows/, /bindings|manifest|class/],
  coded: ['Main.cs', /smaller classes/, /bindings|manifest/],
  bindings: ['bindings_v2.json', /write the bindings anew/, /workflow|manifest/],
  project: ['project.json', /save the project anew/, /workflow|bindings/],
  manifest: ['m365-automation.json', /a manifest of its own/, /workflow|bindings/],
  registration: ['app.entra.json', /registration of one app/, /workflow|bindings/],
};

describe('a cap is told in the words of the file', () => {
  for (const [kind, [name, said, unsaid]] of Object.entries(rows)) {
    const text = deep[name.replace(/^.*\./, '')];
    if (text !== undefined)
      test(`too deep: ${kind}`, () => {
        const { problems } = analyzeTexts(new Map([[`/p/${name}`, text]]));
        const [message = ''] = problems.flatMap((problem) => (problem.rule === 'limit' ? [problem.message] : []));
        assert.match(message, /^This file nests deeper than 256 levels and was not analysed\. [A-Z].*\.$/);
        assert.match(message, said);
        assert.doesNotMatch(message, unsaid);
      });

    test(`too large on disk: ${kind}`, () => {
      const stat = () => ({ ...nodeFileSystem.stat('.'), isDirectory: false, size: limits.fileLength + 1 }) as never;
      const { message = '' } = loadFile({ ...nodeFileSystem, stat }, `/p/${name}`).document.limit ?? {};
      assert.match(message, /^This file \(16 MB\) is over the limit of 16 MB and was not analysed\. [A-Z].*\.$/);
      assert.match(message, said);
      assert.doesNotMatch(message, unsaid);
    });
  }
});
