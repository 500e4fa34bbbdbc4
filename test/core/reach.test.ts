/** From which entry point a file is reached: for the reason of a finding, never to drop one. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { whySentence } from '../../server/src/core/problem';
import { analyzeTexts } from '../support/analyze';
import { activity, commentOut, element, files, projectJson, scope, workflow } from '../support/workflow-builder';

const invoke = (WorkflowFileName: string) => element('ui:InvokeWorkflowFile', { WorkflowFileName, DisplayName: 'Invoke' });
const sends = scope(['Files.Read'], {}, activity('Mail.SendMail', { Account: 'a@contoso.com' }));
const calling = (...names: string[]) => workflow(names.map(invoke));
const flow = workflow([sends]);

/** What is said of the file that sends a mail. */
function reachOf(texts: Readonly<Record<string, string | undefined>>) {
  const input = files({ 'project.json': projectJson(), ...texts });
  const missing = analyzeTexts(input).problems.filter(({ rule }) => rule === 'missing-scope');
  assert.ok(missing.length > 0, 'a finding is never silenced');
  const [why] = missing.flatMap((problem) => problem.why);
  return why?.reach && { from: why.reach.from.map((path) => path.replace('/project/', '')), words: why.reach.words };
}

const reached = (...from: string[]) => ({ from, words: `reached from ${from.join(', ')}` });
const nobody = { from: [], words: 'no workflow invokes it' };
const entries = (...names: string[]) => ({ entryPoints: names.map((filePath) => ({ filePath, input: [], output: [] })) });

describe('a workflow that sends', () => {
  const cells: readonly (readonly [string, Readonly<Record<string, string | undefined>>, object | undefined])[] = [
    ['as main itself', { 'Main.xaml': flow }, { from: ['Main.xaml'], words: '' }],
    ['as main in another letter case', { 'main.xaml': flow }, { from: ['main.xaml'], words: '' }],
    ['invoked', { 'Main.xaml': calling('Sub\\Send.xaml'), 'Sub/Send.xaml': flow }, reached('Main.xaml')],
    ['invoked with slashes', { 'Main.xaml': calling('Sub/Send.xaml'), 'Sub/Send.xaml': flow }, reached('Main.xaml')],
    ['invoked in another letter case', { 'Main.xaml': calling('SUB\\send.XAML'), 'Sub/Send.xaml': flow }, reached('Main.xaml')],
    ['invoked with a step in place', { 'Main.xaml': calling('.\\Sub\\..\\Sub\\Send.xaml'), 'Sub/Send.xaml': flow }, reached('Main.xaml')],
    ['invoked as a literal in brackets', { 'Main.xaml': calling('["Sub\\Send.xaml"]'), 'Sub/Send.xaml': flow }, reached('Main.xaml')],
    [
      'invoked by one that is invoked',
      { 'Main.xaml': calling('A.xaml'), 'A.xaml': calling('Sub\\Send.xaml'), 'Sub/Send.xaml': flow },
      reached('Main.xaml'),
    ],
    [
      'not relative to the file that invokes it',
      { 'Main.xaml': calling('Sub\\A.xaml'), 'Sub/A.xaml': calling('Send.xaml'), 'Sub/Send.xaml': flow },
      nobody,
    ],
    [
      'in a circle',
      { 'Main.xaml': calling('A.xaml'), 'A.xaml': calling('Main.xaml', 'A.xaml', 'Send.xaml'), 'Send.xaml': flow },
      reached('Main.xaml'),
    ],
    ['invoked by nobody', { 'Main.xaml': calling('A.xaml'), 'A.xaml': workflow([]), 'Send - Copy.xaml': flow }, nobody],
    ['invoked where it is commented out', { 'Main.xaml': workflow([commentOut(invoke('Send.xaml'))]), 'Send.xaml': flow }, nobody],
    [
      'invoked by what nobody invokes',
      { 'Main.xaml': calling('A.xaml'), 'Old.xaml': calling('Send.xaml'), 'Send.xaml': flow },
      { from: [], words: 'reached from no entry point' },
    ],
    ['beside an expression', { 'Main.xaml': calling('[name]'), 'Send.xaml': flow }, undefined],
    ['beside a path from the root', { 'Main.xaml': calling('C:\\Robots\\Send.xaml'), 'Send.xaml': flow }, undefined],
    ['beside an expression, but invoked', { 'Main.xaml': calling('[name]', 'Send.xaml'), 'Send.xaml': flow }, reached('Main.xaml')],
    ['beside a coded workflow', { 'Main.xaml': calling('A.xaml'), 'Send.xaml': flow, 'Run.cs': 'class Run {}' }, undefined],
    ['beside a damaged workflow', { 'Main.xaml': calling('A.xaml'), 'Send.xaml': flow, 'Bad.xaml': '<Activity>' }, undefined],
    ['without a project.json', { 'project.json': undefined, 'Main.xaml': calling('Send.xaml'), 'Send.xaml': flow }, undefined],
    ['where main is not there', { 'Start.xaml': calling('A.xaml'), 'Send.xaml': flow }, undefined],
    ['where no entry is named', { 'project.json': projectJson({ main: undefined }), 'Send.xaml': flow }, undefined],
    [
      'in a library',
      { 'project.json': projectJson({ designOptions: { outputType: 'Library' } }), 'Main.xaml': calling('A.xaml'), 'Send.xaml': flow },
      undefined,
    ],
    [
      'in a project of tests',
      { 'project.json': projectJson({ designOptions: { outputType: 'Tests' } }), 'Main.xaml': calling('A.xaml'), 'Send.xaml': flow },
      undefined,
    ],
    [
      'where every exception is handled',
      {
        'project.json': projectJson({ runtimeOptions: { exceptionHandlerWorkflow: 'Send.xaml' } }),
        'Main.xaml': calling('A.xaml'),
        'Send.xaml': flow,
      },
      undefined,
    ],
    [
      'from a second entry point',
      {
        'project.json': projectJson(entries('Main.xaml', 'Night.xaml')),
        'Main.xaml': workflow([]),
        'Night.xaml': calling('Send.xaml'),
        'Send.xaml': flow,
      },
      reached('Night.xaml'),
    ],
    [
      'from both',
      {
        'project.json': projectJson(entries('Main.xaml', 'Night.xaml')),
        'Main.xaml': calling('Send.xaml'),
        'Night.xaml': calling('Send.xaml'),
        'Send.xaml': flow,
      },
      reached('Main.xaml', 'Night.xaml'),
    ],
    [
      'from many',
      {
        'project.json': projectJson(entries('A.xaml', 'B.xaml', 'C.xaml')),
        ...Object.fromEntries(['Main', 'A', 'B', 'C'].map((name) => [`${name}.xaml`, calling('Send.xaml')])),
        'Send.xaml': flow,
      },
      { from: ['Main.xaml', 'A.xaml', 'B.xaml', 'C.xaml'], words: 'reached from Main.xaml, A.xaml and 2 more' },
    ],
    [
      'invoked by an element of another package',
      { 'Main.xaml': workflow([element('this:InvokeWorkflowFile', { WorkflowFileName: 'Send.xaml' })]), 'Send.xaml': flow },
      nobody,
    ],
    [
      'launched',
      { 'Main.xaml': workflow([element('ui:LaunchWorkflowInteractive', { WorkflowFileName: 'Send.xaml' })]), 'Send.xaml': flow },
      reached('Main.xaml'),
    ],
  ];
  for (const [name, texts, expected] of cells) test(name, () => assert.deepEqual(reachOf(texts), expected));
});

test('the sentence ends with it', () => {
  const cause = { activity: 'a', displayName: 'Send Mail', file: 'Sub/Send.xaml', condition: 'always', start: 0, end: 1 };
  assert.equal(whySentence(cause), 'Send Mail needs it');
  assert.equal(
    whySentence({ ...cause, reach: { from: [], words: 'no workflow invokes it' } }),
    'Send Mail needs it (no workflow invokes it)',
  );
  assert.equal(whySentence({ ...cause, reach: { from: ['Main.xaml'], words: '' } }), 'Send Mail needs it');
});

test('a chain of two thousand workflows is followed to its end', () => {
  const texts: Record<string, string> = { 'Main.xaml': calling('W0.xaml'), 'project.json': projectJson() };
  for (let index = 0; index < 2000; index++) texts[`W${index}.xaml`] = calling(index === 1999 ? 'Send.xaml' : `W${index + 1}.xaml`);
  assert.deepEqual(reachOf({ ...texts, 'Send.xaml': flow }), reached('Main.xaml'));
});
