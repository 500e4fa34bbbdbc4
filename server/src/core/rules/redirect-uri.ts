import { isPlaceholder } from '../project/from-registration';
import type { Declaration, Project } from '../project/model';
import { addRedirectUri } from '../project/redirect-uri-edit';
import type { RedirectUris } from '../project/sign-in-model';
import type { Finding, Rule } from './rule';
import { about, nameOf } from './support/shared';
import { activeDeclarations, laterFix } from './support/sign-in';

/**
 * An own app lacks the redirect URI that its sign-in needs.
 *
 * **What happens at run time.** AADSTS50011, "the redirect URI specified in the request does not match"; AADSTS7000218 where the URI is
 * registered for the *Web* platform and the sign-in is that of a desktop app. The message says so where another platform has the URI.
 *
 * **When it fires.** Only where the manifest states the app's `redirectUris`, or the app's own registration speaks of them; a platform that is left out has none. Interactive Token with an own
 * app needs, under *Mobile and desktop applications*, `http://localhost` (any port) in a Windows project and the cloud's
 * `…/common/oauth2/nativeclient` in a Windows - Legacy one (either where there is no project.json), or the broker's URI where `UseBroker` is True.
 * Bring your own app needs, under *Web*, a URI that ends in `/provisioning_/callback`. Nothing else needs one.
 *
 * **How to fix.** Add the URI to the app registration in the Entra admin center, and to the file that states the others: the fix does the second.
 *
 * **How to silence.** An `accept` entry of the manifest with a reason, or the setting `m365Scopes.rules`.
 *
 * **Where the facts come from.** UiPath's page on Interactive Token and the pages on each connector's authentication.
 */
export const redirectUri: Rule = {
  id: 'redirect-uri',
  severity: 'warning',
  stage: 'none',
  check: (context) => {
    const found = activeDeclarations(context).flatMap((declaration) => toFinding(declaration, context.project));
    const seen = new Set<string>();
    // Scopes that share an app share the gap.
    return found.filter(({ file, range, message, connection }) => {
      const key =
        connection === undefined ? `${file}:${range.start}:${message.slice(message.indexOf(' needs '))}` : `${connection}:${message}`;
      return !seen.has(key) && seen.add(key);
    });
  },
};

interface Wanted {
  readonly platform: 'publicClient' | 'web';
  readonly fits: (uri: string) => boolean;
  /** What to register. */
  readonly uri: string;
}

function toFinding(declaration: Declaration, project: Project): Finding[] {
  const { registration } = declaration.signIn;
  const uris = registration?.redirectUris;
  const wanted = wantedOf(declaration, project);
  const holder = uris?.holder === 'manifest' ? declaration.signIn.manifest : registration?.document;
  if (!registration || !holder || !uris || !wanted || uris[wanted.platform].some((uri) => isPlaceholder(uri) || wanted.fits(uri)))
    return [];
  const edits = () => addRedirectUri(holder, uris, registration.key, wanted.platform, wanted.uri);
  return [
    {
      ...about(declaration),
      file: holder.path,
      range: uris.places[wanted.platform],
      message: `${nameOf(declaration)} needs the redirect URI ${wanted.uri} under "${labels[wanted.platform]}" of the app "${registration.key}"${elsewhere(uris, wanted)}.`,
      scopes: [],
      why: [],
      fixes: wanted.uri.includes('{') ? [] : [laterFix(holder.path, `Add ${wanted.uri}`, edits)],
    },
  ];
}

function wantedOf({ signIn, element }: Declaration, { settings }: Project): Wanted | undefined {
  if (signIn.app !== 'own') return undefined;
  if (signIn.type === 'byo-app')
    return {
      platform: 'web',
      fits: (uri) => /\/provisioning_\/callback\/?$/i.test(uri),
      uri: 'https://cloud.uipath.com/provisioning_/callback',
    };
  if (signIn.type !== 'interactive-token') return undefined;
  const broker = element?.settings.get('UseBroker');
  const [isTrue, isFalse] = [true, false].map((value) => broker?.text.toLowerCase() === String(value));
  if (broker && broker.kind !== 'empty' && !isTrue && !isFalse) return undefined;
  if (isTrue) {
    const id = element?.settings.get('ApplicationId');
    const clientId = signIn.registration?.clientId ?? (id?.kind === 'literal' ? id.text.trim() : undefined);
    const start = `ms-appx-web://microsoft.aad.brokerplugin/${clientId ?? ''}`;
    const uri = clientId === undefined ? `${start}{the app's id}` : start;
    return { platform: 'publicClient', fits: (other) => other.toLowerCase().startsWith(start.toLowerCase()), uri };
  }
  const isLocal = (uri: string) => /^http:\/\/localhost(:\d+)?\/?$/i.test(uri);
  const isNative = (uri: string) => nativeClients(signIn.environment).some((known) => uri.toLowerCase() === known);
  const framework = settings?.targetFramework?.toLowerCase() ?? (settings ? 'legacy' : undefined);
  const [native = ''] = nativeClients(signIn.environment);
  if (framework === 'legacy') return { platform: 'publicClient', fits: isNative, uri: native };
  if (framework === 'windows') return { platform: 'publicClient', fits: isLocal, uri: 'http://localhost' };
  return framework === undefined
    ? { platform: 'publicClient', fits: (uri) => isLocal(uri) || isNative(uri), uri: 'http://localhost' }
    : undefined;
}

/** Where MSAL's own page stands in each cloud, and by which older name. */
function nativeClients(environment: string | undefined): string[] {
  const hosts: Readonly<Record<string, readonly string[]>> = {
    'us-gov-l4': ['login.microsoftonline.us'],
    'us-gov-l5': ['login.microsoftonline.us'],
    china: ['login.partner.microsoftonline.cn', 'login.chinacloudapi.cn'],
  };
  return (hosts[environment ?? ''] ?? ['login.microsoftonline.com']).map((host) => `https://${host}/common/oauth2/nativeclient`);
}

/** The same URI on another platform is a slip of its own: Entra then takes the app for what it is not. */
function elsewhere(uris: RedirectUris, { platform, fits }: Wanted): string {
  const found = (['publicClient', 'web', 'spa'] as const).find((other) => other !== platform && uris[other].some(fits));
  if (!found) return '';
  return `, which has it under "${labels[found]}" only${platform === 'publicClient' && found === 'web' ? ' (AADSTS7000218)' : ''}`;
}

/** What the Entra admin center calls each platform. */
const labels = { publicClient: 'Mobile and desktop applications', web: 'Web', spa: 'Single-page application' } as const;
