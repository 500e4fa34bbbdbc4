/** A trigger starts a process: it stands first in Main, or in another entry point. */
import { describe, test } from 'node:test';
import { checkFindings, tellFile } from '../../support/fixed-findings';
import {
  type Attributes,
  activity,
  commentOut,
  element,
  files,
  ids,
  projectJson,
  sequence,
  workflow,
} from '../../support/workflow-builder';

const rule = 'activity-outside-scope';
const trigger = (attributes: Attributes = {}) => activity('Mail.Triggers.NewEmailReceived', { ConnectionId: ids.mail, ...attributes });
const log = element('WriteLine', { Text: 'x' });
const variables = element('Sequence.Variables', {}, element('Variable', { 'x:TypeArguments': 'x:String', Name: 'box' }));
const state = element('sap2010:WorkflowViewState.IdRef', {}, 'Sequence_1');

const first = workflow([trigger()]);
const second = workflow([log, trigger()]);
const other = workflow(log);
const entry = (...paths: readonly string[]) => ({ entryPoints: paths.map((filePath) => ({ filePath, input: [], output: [] })) });
const usual = {};

/** The keys of project.json (undefined: there is none), the workflows, and what is found. */
type Keys = Readonly<Record<string, unknown>> | undefined;
const cells: readonly (readonly [string, Keys, Readonly<Record<string, string>>, ...(readonly string[])])[] = [
  ['alone', usual, { 'Main.xaml': workflow(trigger()) }],
  ['first in a sequence', usual, { 'Main.xaml': first }],
  ['first in a sequence in a sequence', usual, { 'Main.xaml': workflow([sequence(trigger()), log]) }],
  ['first behind variables', usual, { 'Main.xaml': workflow(element('Sequence', {}, variables, state, trigger(), log)) }],
  ['first behind arguments', usual, { 'Main.xaml': workflow([trigger(), log], { in_Box: 'x' }) }],
  ['first, its connection an expression', usual, { 'Main.xaml': workflow([trigger({ ConnectionId: '[connection]' })]) }],
  ['second in a sequence', usual, { 'Main.xaml': second }, 'information Main.xaml'],
  ['behind a sequence', usual, { 'Main.xaml': workflow([sequence(log), trigger()]) }, 'information Main.xaml'],
  [
    'behind another activity of the package',
    usual,
    { 'Main.xaml': workflow([activity('Mail.GetNewestEmail', { ConnectionId: ids.mail }), trigger()]) },
    'information Main.xaml',
  ],
  ['first in a second sequence', usual, { 'Main.xaml': workflow([log, sequence(trigger())]) }, 'information Main.xaml'],
  ['second, commented out', usual, { 'Main.xaml': workflow([log, commentOut(trigger())]) }],
  ['second, without a project.json', undefined, { 'Main.xaml': second }],
  ['elsewhere, without a project.json', undefined, { 'Main.xaml': other, 'Other.xaml': first }],
  ['elsewhere', usual, { 'Main.xaml': other, 'Other.xaml': first }, 'information Other.xaml'],
  ['second elsewhere', usual, { 'Main.xaml': other, 'Sub/Other.xaml': second }, 'information Sub/Other.xaml'],
  ['first in a Main of another name', { main: 'Start.xaml' }, { 'Start.xaml': first, 'Main.xaml': other }],
  ['second in a Main of another name', { main: 'Start.xaml' }, { 'Start.xaml': second }, 'information Start.xaml'],
  ['first in a Main that is not main', { main: 'Start.xaml' }, { 'Start.xaml': other, 'Main.xaml': first }, 'information Main.xaml'],
  ['first in a folder', { main: 'Flows/Start.xaml' }, { 'Flows/Start.xaml': first }],
  ['first in a folder, by back slash', { main: 'Flows\\Start.xaml' }, { 'Flows/Start.xaml': first }],
  ['first, in another letter case', { main: 'main.xaml' }, { 'Main.xaml': first }],
  ['first in an entry point', entry('Main.xaml', 'Mail.xaml'), { 'Main.xaml': other, 'Mail.xaml': first }],
  ['first in an entry point in a folder', entry('Main.xaml', 'Flows\\Mail.xaml'), { 'Main.xaml': other, 'Flows/Mail.xaml': first }],
  ['second in an entry point', entry('Main.xaml', 'Mail.xaml'), { 'Main.xaml': other, 'Mail.xaml': second }, 'information Mail.xaml'],
  ['first in two of them', entry('Main.xaml', 'Mail.xaml'), { 'Main.xaml': first, 'Mail.xaml': first }],
  ['first in Main, which the entry points leave out', entry('Mail.xaml'), { 'Main.xaml': first, 'Mail.xaml': first }],
  ['a wait activity, second', usual, { 'Main.xaml': workflow([log, activity('WaitForEmailReceived', { ConnectionId: ids.mail })]) }],
  ['first, without a connection', usual, { 'Main.xaml': workflow([trigger({ ConnectionId: '{x:Null}' })]) }, 'error Main.xaml'],
  ['second, without a connection', usual, { 'Main.xaml': workflow([log, trigger({ ConnectionId: '{x:Null}' })]) }, 'error Main.xaml'],
  ['second, in a file that is not well formed', usual, { 'Main.xaml': second.replace('</Activity>', '<A>\n</Activity>') }],
];

describe('the place of a trigger', () => {
  for (const [name, keys, workflows, ...expected] of cells) {
    const input = files({ ...workflows, ...(keys ? { 'project.json': projectJson(keys) } : {}) });
    test(name, () => checkFindings(rule, input, expected, tellFile));
  }
});
