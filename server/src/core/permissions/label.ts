/** Says in words what a permission's name says by its grammar: resource, operation, constraint. */

/** Scopes of OpenID Connect have no grammar. */
const openId = new Map([
  ['openid', 'Sign in'],
  ['profile', 'See the basic profile of the user'],
  ['email', 'See the mail address of the user'],
  ['offline_access', 'Keep access when the user is away'],
]);

const verbs = new Map([
  ['Read', 'Read'],
  ['ReadBasic', 'Read basic details of'],
  ['ReadWrite', 'Read and write'],
  ['FullControl', 'Have full control of'],
]);

/** Operations that say the whole. */
const wholes = new Map([
  ['Selected', (what: string) => `Access selected ${what}`],
  ['SelectedOperations', (what: string) => `Access selected ${what}`],
  ['AccessAsUser', (what: string) => `Access ${what} as the user`],
]);

const constraints = new Map([
  ['All', (what: string) => `all ${what}`],
  ['Shared', (what: string) => `own and shared ${what}`],
  ['Selected', (what: string) => `selected ${what}`],
  ['OwnedBy', (what: string) => `${what} that the app owns`],
  ['CreatedByApp', (what: string) => `${what} that the app made`],
  ['AppFolder', (what: string) => `${what} in the folder of the app`],
]);

/** The label of a permission such as `Mail.ReadWrite.Shared`: "Read and write own and shared mail". Any name has one. */
export function labelOf(name: string): string {
  const known = openId.get(name);
  if (known !== undefined) return known;
  const [resource = '', verb, ...rest] = name.split('.');
  if (verb === undefined) return sentence(words(resource));
  const constraint = rest.join('.');
  const what = words(resource);
  const whole = wholes.get(verb)?.(what);
  if (whole !== undefined) return whole;
  const limited = constraint === '' ? what : (constraints.get(constraint)?.(what) ?? `${what} (${rest.map(words).join(', ')})`);
  return `${verbs.get(verb) ?? sentence(words(verb))} ${limited}`;
}

/** `MailboxSettings` is "mailbox settings"; runs of capitals are names and stay. */
function words(name: string): string {
  return name
    .replaceAll(/[-_]/g, ' ')
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .split(' ')
    .map((word) => (/^[A-Z]{2,}/.test(word) ? word : word.toLowerCase()))
    .join(' ');
}

function sentence(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
