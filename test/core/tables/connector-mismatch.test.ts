/** Which activities can use which connection, by the connectors of both. */
import { describe, test } from 'node:test';
import { binding, bindings, configuration, connectorActivity } from '../../support/bindings';
import { checkFindings, tellConnection } from '../../support/fixed-findings';
import { activity, automation, card, commentOut, files, ids, manifest, scope, workflow } from '../../support/workflow-builder';

const rule = 'connector-mismatch';
const connectors = {
  outlook: 'uipath-microsoft-outlook365',
  onedrive: 'uipath-microsoft-onedrive',
  any365: 'uipath-microsoft-365',
  other: 'uipath-salesforce-sfdc',
  none: undefined,
} as const;
type Connector = keyof typeof connectors;

/** Activities, and the one connector whose connection they can use; undefined: every one. */
const uses: readonly (readonly [string, Connector | undefined])[] = [
  ['Mail.GetNewestEmail', 'outlook'],
  ['Mail.SendMailConnections', 'outlook'],
  ['Calendar.CreateEventConnections', 'outlook'],
  ['WaitForEmailReceived', 'outlook'],
  ['Mail.Triggers.NewEmailReceived', 'outlook'],
  ['Calendar.Triggers.EventUpdated', 'outlook'],
  ['Files.DownloadFileConnections', 'onedrive'],
  ['Excel.ReadRangeConnections', 'onedrive'],
  ['Sharepoint.GetListInfo', 'onedrive'],
  ['WaitForFileCreated', 'onedrive'],
  ['Files.Triggers.NewFileCreated', 'onedrive'],
  ['General.HttpRequestConnections', 'any365'],
];

const connection = (connector: Connector, keys: object = {}) => ({
  id: ids.mail,
  ...(connectors[connector] === undefined ? {} : { connector: connectors[connector] }),
  ...keys,
});
const declared = (connector: Connector) => ({ connections: { it: connection(connector) } });
const mismatch = 'error it';

for (const [type, fits] of uses) {
  describe(type, () => {
    for (const connector of Object.keys(connectors) as Connector[]) {
      const expected = connector === 'none' || connector === fits ? [] : [mismatch];
      const written = activity(type, { ConnectionId: ids.mail, RequestUrl: '/me' });
      test(`with a connection of ${connector}`, () =>
        checkFindings(rule, automation([written], declared(connector)), expected, tellConnection));
      const entry = { activity: type.slice(type.lastIndexOf('.') + 1), connection: 'it' };
      const stated = files({ 'm365-automation.json': manifest({ ...declared(connector), activities: [entry] }) });
      test(`stated by hand with a connection of ${connector}`, () => checkFindings(rule, stated, expected, tellConnection));
    }
  });
}

const mail = (ConnectionId: string) => activity('Mail.GetNewestEmail', { ConnectionId });
const drive = (ConnectionId: string) => activity('Files.DownloadFileConnections', { ConnectionId });
const service = { AuthenticationType: 'IntegrationService', UseConnectionService: 'True', ConnectionId: ids.mail };
const onedrive = declared('onedrive');
const two = { connections: { it: connection('outlook'), that: connection('onedrive', { id: [ids.files, ids.other] }) } };

const unstated = { connections: { it: { id: ids.mail } } };
const teams = (key: string) => connectorActivity(ids.mail, configuration(key));

/** Where the manifest states no connector, the bindings do: they say that the connection is one of OneDrive, unless told otherwise. */
const bound: readonly (readonly [string, readonly string[], object | undefined, string, ...(readonly string[])])[] = [
  ['with a manifest', [mail(ids.mail), drive(ids.mail)], unstated, bindings(binding(ids.mail, connectors.onedrive)), 'warning it'],
  [
    'without a manifest',
    [mail(ids.mail), drive(ids.mail)],
    undefined,
    bindings(binding(ids.mail, connectors.onedrive)),
    `warning ${ids.mail}`,
  ],
  ['against what the manifest states', [mail(ids.mail)], declared('outlook'), bindings(binding(ids.mail, connectors.onedrive))],
  ['with what the manifest states', [mail(ids.mail)], onedrive, bindings(binding(ids.mail, connectors.outlook)), mismatch],
  ['another maker’s', [mail(ids.mail)], unstated, bindings(binding(ids.mail, connectors.other)), 'warning it'],
  ['without metadata', [mail(ids.mail)], undefined, bindings(binding(ids.mail, null))],
  [
    'two that disagree',
    [mail(ids.mail)],
    undefined,
    bindings(binding(ids.mail, connectors.onedrive), binding(ids.mail, connectors.outlook)),
  ],
  ['an expression', [mail('[connection]')], undefined, bindings(binding('connection', connectors.onedrive, 'C', true))],
  ['damaged', [mail(ids.mail)], undefined, '{'],
  [
    'with a connector activity of another',
    [teams('uipath-microsoft-teams')],
    undefined,
    bindings(binding(ids.mail, connectors.onedrive)),
    `warning ${ids.mail}`,
  ],
  ['with a connector activity of the same', [teams(connectors.onedrive)], undefined, bindings(binding(ids.mail, connectors.onedrive))],
  ['with another maker’s activity', [teams(connectors.other)], undefined, bindings(binding(ids.mail, connectors.onedrive))],
];

describe('bindings state the connector', () => {
  for (const [name, content, manifestContent, text, ...expected] of bound) {
    const input = new Map([...automation(content, manifestContent), ['/project/bindings_v2.json', text]]);
    test(name, () => checkFindings(rule, input, expected, tellConnection));
  }
});

const cells: readonly (readonly [string, readonly string[], object | undefined, ...(readonly string[])])[] = [
  ['in upper case', [mail(ids.mail.toUpperCase())], onedrive, mismatch],
  ['by key', [mail('it')], onedrive, mismatch],
  ['as an expression of one literal', [mail(`["${ids.mail}"]`)], onedrive, mismatch],
  ['two uses', [mail(ids.mail), mail(ids.mail)], onedrive, mismatch, mismatch],
  ['two connections, each with its own', [mail(ids.mail), drive(ids.files)], two],
  ['two connections, swapped', [mail(ids.files), drive(ids.mail)], two, mismatch, 'error that'],
  ['the second GUID', [mail(ids.other)], two, 'error that'],
  ['one right, one wrong', [mail(ids.mail), drive(ids.mail)], two, mismatch],
  ['an expression', [mail('[connection]')], onedrive],
  ['nothing', [mail('{x:Null}')], onedrive],
  ['commented out', [commentOut(mail(ids.mail))], onedrive],
  ['a connection nobody declares', [mail(ids.other)], onedrive],
  ['classic activities in a scope', [scope(undefined, service, activity('Mail.SendMail'))], onedrive],
  ['classic activities in a card of its connector', [card({ ConnectionId: ids.mail }, activity('Files.UploadFile'))], onedrive],
  ['an unknown activity', [activity('Mail.BrandNewThing', { DisplayName: 'New', ConnectionId: ids.mail })], onedrive],
  ['globs that leave the file out', [mail(ids.mail)], { ...onedrive, workflows: ['Sub/**'] }],
  ['an operation', [], { ...onedrive, activities: [{ operation: 'GET /me/messages', connection: 'it' }] }],
  [
    'stated by CLR type',
    [],
    { ...onedrive, activities: [{ activity: 'UiPath.MicrosoftOffice365.Activities.Mail.GetNewestEmail', connection: 'it' }] },
    mismatch,
  ],
  ['stated, a classic activity', [], { ...onedrive, activities: [{ activity: 'SendMail', connection: 'it' }] }],
  ['stated, a name nobody knows', [], { ...onedrive, activities: [{ activity: 'BrandNewThing', connection: 'it' }] }],
  ['stated without a connection', [], { ...onedrive, activities: [{ activity: 'GetNewestEmail' }] }],
  ['no connections', [mail(ids.mail)], {}],
  ['no manifest', [mail(ids.mail)], undefined],
];

describe('other ways to name a connection', () => {
  for (const [name, content, manifestContent, ...expected] of cells)
    test(name, () => checkFindings(rule, automation(content, manifestContent), expected, tellConnection));
});

test('two files are looked at alike', () => {
  const input = files({
    'Main.xaml': workflow([mail(ids.mail)]),
    'Sub/Other.xaml': workflow([mail(ids.mail)]),
    'm365-automation.json': manifest(onedrive),
  });
  checkFindings(rule, input, [mismatch, mismatch], tellConnection);
});
