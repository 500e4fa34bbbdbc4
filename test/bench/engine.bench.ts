/** Measures the engine against a baseline in the same run: ratios say more than milliseconds of one machine. */
import { Tokenizer } from 'htmlparser2';
import { analyze, open } from '../../server/src/core/index';
import { readCatalog } from '../../server/src/workspace/catalog-files';
import { options } from '../support/analyze';
import { measure, report } from '../support/measure';

const catalog = readCatalog('schemas');
const head =
  '<Activity xmlns="http://schemas.microsoft.com/netfx/2009/xaml/activities" xmlns:a="clr-namespace:UiPath.MicrosoftOffice365.Activities;assembly=UiPath.MicrosoftOffice365.Activities" xmlns:m="clr-namespace:UiPath.MicrosoftOffice365.Activities.Mail;assembly=UiPath.MicrosoftOffice365.Activities" xmlns:s="clr-namespace:System.Collections.Generic;assembly=mscorlib" xmlns:sap="u" xmlns:x="http://schemas.microsoft.com/winfx/2006/xaml">';
const filler =
  '<Assign DisplayName="Set the total of the invoice" sap:VirtualizedContainerService.HintSize="416,60"><Assign.To><OutArgument x:TypeArguments="x:String">[total]</OutArgument></Assign.To><Assign.Value><InArgument x:TypeArguments="x:String">[row("Total").ToString]</InArgument></Assign.Value></Assign>\n';
const scope = `<a:Office365ApplicationScope AuthenticationType="InteractiveToken"><a:Office365ApplicationScope.AuthenticationScopes><s:List x:TypeArguments="InArgument(x:String)" Capacity="2"><InArgument x:TypeArguments="x:String">mail.readwrite</InArgument><InArgument x:TypeArguments="x:String">files.read</InArgument></s:List></a:Office365ApplicationScope.AuthenticationScopes><a:Office365ApplicationScope.Body><ActivityAction x:TypeArguments="x:Object"><m:SendMail IsDraft="False" /></ActivityAction></a:Office365ApplicationScope.Body></a:Office365ApplicationScope>\n`;

/** A workflow of about the given length, a scope in every 8 kB. */
function workflow(length: number): string {
  let body = '';
  while (body.length < length) body += scope + filler.repeat(24);
  return `${head}<Sequence>${body}</Sequence></Activity>`;
}

function tokenize(text: string): void {
  const nothing = () => {};
  const callbacks = new Proxy({}, { get: () => nothing }) as ConstructorParameters<typeof Tokenizer>[1];
  const tokenizer = new Tokenizer({ xmlMode: true, decodeEntities: false }, callbacks);
  tokenizer.write(text);
  tokenizer.end();
}

for (const kilobytes of [27, 254, 2870]) {
  const text = workflow(kilobytes * 1000);
  const baseline = measure(() => tokenize(text));
  const parsed = measure(() => open('/bench/Main.xaml', text, 'xaml'));
  const document = open('/bench/Main.xaml', text, 'xaml');
  const analyzed = measure(() => analyze([document], catalog, options));
  report(`workflow of ${kilobytes} kB: parse`, parsed, 'tokenizer alone', baseline);
  report(`workflow of ${kilobytes} kB: analyse`, analyzed, 'tokenizer alone', baseline);
}

const connections = Object.fromEntries(
  Array.from({ length: 500 }, (_, index) => [
    `c${index}`,
    { id: String(index), authentication: 'byo-app', app: 'intake', scopes: ['Mail.Read', 'Mail.Send'] },
  ]),
);
const apps = { intake: { audience: 'single-tenant', redirectUris: {} } };
const manifest = JSON.stringify({ apps, connections }, undefined, 2);
report(
  'manifest of 500 connections: parse and check its schema',
  measure(() => open('/bench/m365-automation.json', manifest, 'manifest')),
  'JSON.parse',
  measure(() => JSON.parse(manifest)),
);
const opened = [open('/bench/m365-automation.json', manifest, 'manifest')];
report(
  'manifest of 500 connections, 3,000 findings: analyse',
  measure(() => analyze(opened, catalog, options)),
  'JSON.parse',
  measure(() => JSON.parse(manifest)),
);
report(
  'catalogue: read and load',
  measure(() => readCatalog('schemas')),
  'manifest above',
  measure(() => open('/bench/m365-automation.json', manifest, 'manifest')),
);

const requests = [
  'GET https://graph.microsoft.com/v1.0/users/a@b.c/messages?$top=5',
  "GET https://graph.microsoft.us/v1.0/me/drive/root:/Reports/Book.xlsx:/workbook/worksheets/Sheet1/range(address='A1:B2')",
  'POST /me/sendMail',
  'GET /me/nothing/of/the/kind',
];
const table = catalog.operations();
report(
  '1,000 look-ups of Graph requests',
  measure(() => {
    for (let times = 0; times < 250; times++) for (const request of requests) table.find(request);
  }),
  'as many URLs parsed',
  measure(() => {
    for (let times = 0; times < 250; times++)
      for (const request of requests) URL.canParse(request.slice(request.indexOf(' ') + 1), 'https://graph.microsoft.com');
  }),
);
