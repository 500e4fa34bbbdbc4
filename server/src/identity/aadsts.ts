/** Turns an error of Entra into a sentence with the next step. */

/** What is known of an error; all of it may be absent. */
export interface SignInError {
  readonly code?: string | undefined;
  readonly error?: string | undefined;
  readonly description?: string | undefined;
  readonly suberror?: string | undefined;
  readonly claims?: string | undefined;
}

const sentences: Readonly<Record<string, string>> = {
  AADSTS50173: 'The sign-in was revoked, or the password was changed since. Sign in again.',
  AADSTS65001: 'Nobody consented to what was asked for. Ask for consent, or have an administrator give it.',
  AADSTS700016: 'The tenant does not know this app. Check clientId and tenant in the manifest.',
  AADSTS7000215: "The client secret is wrong. Use the secret's value, not its id.",
  AADSTS700027: 'The app does not know this certificate. Upload it to the app registration, or use the one that is there.',
  AADSTS7000218: 'The app does not allow public client flows. Turn them on under Authentication in its registration.',
  AADSTS90002: 'There is no such tenant. Check tenant in the manifest.',
};

/** Explains an error. The description is never repeated: it may name people. */
export function explainSignInError({ code, error, description, suberror }: SignInError): { sentence: string; code?: string } {
  const number = /(?:AADSTS)?(\d{4,})/.exec(code ?? '')?.[1] ?? /AADSTS(\d+)/.exec(description ?? '')?.[1];
  const name = number === undefined ? undefined : `AADSTS${number}`;
  const known = name === undefined ? undefined : sentences[name];
  if (name !== undefined) return { sentence: known ?? `Microsoft Entra refused the sign-in. Look ${name} up to see why.`, code: name };
  const words = [error, suberror].filter((word) => word !== undefined && /^[a-z_]{1,60}$/.test(word));
  return {
    sentence: `The sign-in was refused${words.length > 0 ? ` (${words.join(', ')})` : ''}. Check clientId and tenant in the manifest.`,
  };
}
