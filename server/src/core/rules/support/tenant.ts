/** The truth table of the tenant: what each type of sign-in and app wants it to be. */
import type { SignInType } from '../../catalog/types';
import type { SignIn } from '../../project/sign-in-model';

export type TenantFault = 'missing' | 'unneeded' | 'unneeded-but-works';

/** What a tenant can be, as far as the table goes. */
interface Row {
  readonly types: readonly SignInType[];
  readonly applies: (signIn: SignIn) => boolean;
  readonly empty?: TenantFault;
  readonly common?: TenantFault;
  readonly organizations?: TenantFault;
  readonly consumers?: TenantFault;
  readonly literal?: TenantFault;
  readonly expression?: TenantFault;
}

const isOwn = ({ app }: SignIn) => app === 'own';
const isSingle = (signIn: SignIn) => isOwn(signIn) && signIn.registration?.audience === 'single-tenant';
const isMulti = (signIn: SignIn) => isOwn(signIn) && signIn.registration?.audience !== undefined && !isSingle(signIn);
const isUipath = ({ app }: SignIn) => app === 'uipath';
const needed = { empty: 'missing', common: 'missing', organizations: 'missing', consumers: 'missing' } as const;

const rows: readonly Row[] = [
  { types: ['interactive-token'], applies: isUipath, literal: 'unneeded', expression: 'unneeded-but-works' },
  { types: ['interactive-token', 'byo-app'], applies: isSingle, ...needed },
  { types: ['interactive-token', 'byo-app'], applies: isMulti, literal: 'unneeded-but-works' },
  { types: ['integrated-windows', 'username-password'], applies: () => true, empty: 'missing', common: 'missing', consumers: 'missing' },
  {
    types: ['client-secret', 'client-certificate', 'oauth-client-credentials', 'oauth-client-certificate'],
    applies: () => true,
    ...needed,
  },
  {
    types: ['oauth-authorization-code'],
    applies: isUipath,
    organizations: 'unneeded',
    consumers: 'unneeded',
    literal: 'unneeded',
  },
];

/** Judges the tenant of a sign-in; undefined where it is right, or where nobody wrote down what it depends on. */
export function tenantFaultOf(signIn: SignIn): TenantFault | undefined {
  const { isActive, type, tenant } = signIn;
  if (!isActive || type === undefined || tenant === undefined) return undefined;
  const row = rows.find(({ types, applies }) => types.includes(type) && applies(signIn));
  if (!row) return undefined;
  if (tenant.kind !== 'literal') return row[tenant.kind];
  const name = tenant.text.trim().toLowerCase();
  return name === 'common' || name === 'organizations' || name === 'consumers' ? row[name] : row.literal;
}
