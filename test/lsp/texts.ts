/** Texts for sessions with the language server. */

const namespaces =
  'xmlns="http://schemas.microsoft.com/netfx/2009/xaml/activities" xmlns:a="clr-namespace:UiPath.MicrosoftOffice365.Activities;assembly=UiPath.MicrosoftOffice365.Activities" xmlns:m="clr-namespace:UiPath.MicrosoftOffice365.Activities.Mail;assembly=UiPath.MicrosoftOffice365.Activities" xmlns:s="clr-namespace:System.Collections.Generic;assembly=mscorlib" xmlns:x="http://schemas.microsoft.com/winfx/2006/xaml"';

export const guid = '11111111-2222-3333-4444-555555555555';

export const project = JSON.stringify({
  name: 'Robot',
  main: 'Main.xaml',
  dependencies: { 'UiPath.MicrosoftOffice365.Activities': '[3.0.11]' },
  studioVersion: '23.10.3',
  targetFramework: 'Windows',
});

/** A workflow with one Microsoft 365 Scope around a Send Mail; the list starts on line 2, the activity stands on line 10 and further. */
export function classic(scopes: readonly string[], activity = '<m:SendMail IsDraft="False" />', filler = ''): string {
  return `<Activity ${namespaces}>
  <a:Office365ApplicationScope AuthenticationType="InteractiveToken">
    <a:Office365ApplicationScope.AuthenticationScopes>
      <s:List x:TypeArguments="InArgument(x:String)" Capacity="${scopes.length}">
${scopes.map((scope) => `        <InArgument x:TypeArguments="x:String">${scope}</InArgument>\n`).join('')}      </s:List>
    </a:Office365ApplicationScope.AuthenticationScopes>
    <a:Office365ApplicationScope.Body>
      <ActivityAction x:TypeArguments="x:Object">
        <Sequence>
          ${activity}
${filler}        </Sequence>
      </ActivityAction>
    </a:Office365ApplicationScope.Body>
  </a:Office365ApplicationScope>
</Activity>
`;
}

/** A workflow with one modern activity that names a connection. */
export function modern(activity = 'GetNewestEmail', attributes = ''): string {
  return `<Activity ${namespaces}>
  <m:${activity} ConnectionId="${guid}" ${attributes} />
</Activity>
`;
}

/** A manifest with one connection; of a personal account, for which no administrator has to consent. */
export const manifest = (...scopes: string[]) => `{
  "connections": {
    "mail": {
      "id": "${guid}",
      "account": "personal",
      "scopes": [${scopes.map((scope) => JSON.stringify(scope)).join(', ')}]
    }
  }
}
`;

/** The place where an activity or a scope stands. */
export function rangeOf(text: string, part: string) {
  const offset = text.indexOf(part);
  const line = text.slice(0, offset).split('\n').length - 1;
  const character = offset - (text.lastIndexOf('\n', offset - 1) + 1);
  return { start: { line, character }, end: { line, character: character + part.length } };
}
