/** Which fields of a Microsoft 365 Scope each type of sign-in requires, forbids and ignores (UiPath's page on the activity). */
import type { SignInType } from '../../catalog/types';
import type { Declaration } from '../../project/model';

interface Fields {
  /** A list of names: any one of them will do. */
  readonly required: readonly (readonly string[])[];
  /** The credentials that the type uses. */
  readonly used: readonly string[];
  /** Of the credentials it does not use, those that must stay empty. */
  readonly forbidden: readonly string[];
}

/** Every field that holds a credential or the account to act for. */
export const credentialFields = [
  ...['Username', 'Password', 'SecurePassword', 'ApplicationSecret', 'SecureApplicationSecret'],
  ...['CertificateAsBase64', 'CertificatePassword', 'ImpersonatedUserEmailAddress'],
];

const passwords = ['Password', 'SecurePassword'];
const secrets = ['ApplicationSecret', 'SecureApplicationSecret'];

const fields: Readonly<Partial<Record<SignInType, Fields>>> = {
  'interactive-token': { required: [], used: [], forbidden: ['Username', ...passwords] },
  'integrated-windows': { required: [['ApplicationId']], used: [], forbidden: [] },
  'username-password': { required: [['ApplicationId'], ['Username'], passwords], used: ['Username', ...passwords], forbidden: [] },
  'client-secret': { required: [['ApplicationId'], secrets], used: [...secrets, 'ImpersonatedUserEmailAddress'], forbidden: [] },
  'client-certificate': {
    required: [['ApplicationId'], ['CertificateAsBase64']],
    used: ['CertificateAsBase64', 'CertificatePassword', 'ImpersonatedUserEmailAddress'],
    forbidden: [],
  },
};

/** The fields of a sign-in; an own app of Interactive Token needs its id. */
export function fieldsOf({ signIn }: Declaration): Fields | undefined {
  const found = signIn.type === undefined ? undefined : fields[signIn.type];
  if (!found || signIn.type !== 'interactive-token' || signIn.app !== 'own') return found;
  return { ...found, required: [['ApplicationId']] };
}

/** The two fields of which only one may be set. */
export function pairOf({ signIn }: Declaration): readonly string[] | undefined {
  if (signIn.type === 'username-password') return passwords;
  return signIn.type === 'client-secret' ? secrets : undefined;
}
